import { afterEach, describe, expect, it } from 'vitest';
import { RedisConnection } from '../../../../src/runbook/input.ts';
import { locateMaster } from '../../../../src/runbook/systems/redis/locate-master.ts';
import { type FakeRedis, startFakeRedis } from '../../../parts/fake-redis.ts';

describe('locateMaster', () => {
  const started: FakeRedis[] = [];
  afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));
  const locate = async (...named: string[]) => {
    for (const host of named) started.push(await startFakeRedis(() => [host, '6379']));
    const input = RedisConnection.parse({ sentinels: started.map(({ address }) => address), master: 'm' });
    return locateMaster(input, () => '', 1000, AbortSignal.timeout(5000));
  };

  it('believes most Sentinels, not the first one, which may be cut off', async () => {
    expect(await locate('10.0.0.9', '10.0.0.1', '10.0.0.1')).toMatchObject({ address: '10.0.0.1:6379' });
  });

  it('names nobody while they are divided', async () => {
    await expect(locate('10.0.0.9', '10.0.0.1')).rejects.toThrow('The Sentinels disagree');
  });

  it('writes an IPv6 address so that it can be dialled', async () => {
    expect(await locate('fd00::1')).toMatchObject({ address: '[fd00::1]:6379' });
  });
});
