import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedRedis } from '../../src/redis/embedded.ts';
import { describeWithRedis } from './store.ts';

describeWithRedis('embedded Redis', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'muster data '));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };

  it('keeps its data over a stop, never evicts, and listens on no port', async () => {
    const data = folder();
    const first = await startEmbeddedRedis(data, process.env.PATH ?? '');
    const redis = new Redis({ path: first.socket });
    await redis.set('a', '1');
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'port')).toEqual(['port', '0']);
    redis.disconnect();
    await first.stop();
    const second = await startEmbeddedRedis(data, process.env.PATH ?? '');
    const again = new Redis({ path: second.socket });
    expect(await again.get('a')).toBe('1');
    again.disconnect();
    await second.stop();
  });

  it('adopts the server of a Muster that was killed instead of starting a second one on the same files', async () => {
    const data = folder();
    const first = await startEmbeddedRedis(data, process.env.PATH ?? '');
    const second = await startEmbeddedRedis(data, '/nowhere');
    expect(second.socket).toBe(first.socket);
    await second.stop();
  });

  it('is left running by a second process that ends, and stopped by whoever ends last', async () => {
    const data = folder();
    const owner = await startEmbeddedRedis(data, process.env.PATH ?? '');
    const redis = new Redis({ path: owner.socket });
    await redis.set('a', '1');
    const guest = await startEmbeddedRedis(data, '/nowhere');
    await guest.stop();
    expect(await redis.get('a')).toBe('1');

    const last = await startEmbeddedRedis(data, '/nowhere');
    const lastConnection = new Redis({ path: last.socket });
    await lastConnection.ping();
    redis.disconnect();
    await owner.stop();
    expect(await lastConnection.get('a')).toBe('1');
    lastConnection.disconnect();
    await last.stop();
    await expect(stat(last.socket)).rejects.toThrow('ENOENT');
  });
});
