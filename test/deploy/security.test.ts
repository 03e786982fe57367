import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkServer } from '../../src/redis/connect.ts';
import { receive, t0 } from '../incident/given.ts';
import { freePort, hasBinary, hasRedis, redisMissing, startRedisNode } from '../parts/redis-node.ts';
import { startStore } from '../redis/store.ts';

const documented = readFileSync('SECURITY.md', 'utf8').match(/^user muster on >\S+ (.+)$/m)![1]!;

describe.skipIf(!hasRedis)(`the Redis user of SECURITY.md ${hasRedis ? '' : redisMissing}`, () => {
  test('suffices for the log, the queues and the checks, and for nothing else', async () => {
    const node = await startRedisNode([`user default reset on nopass ${documented}`]);
    onTestFinished(() => node.stop());
    const store = await startStore(node, { now: t0 });
    onTestFinished(() => store.close());
    const { redis, queues } = store;
    await checkServer(redis);
    await store.ingest({ command: receive(), digest: 'd', treatment: 'open' });
    expect((await store.find.byId(1))?.state.severity).toBe('P1');

    const ran: number[] = [];
    queues.workSyncs('slack', async (id) => void ran.push(id));
    await queues.sync('slack', 1, 'P1');
    await expect.poll(() => ran, { timeout: 5000 }).toEqual([1]);
    expect(await queues.waiting()).toEqual({ 'sync-slack': 0 });
    await queues.workSteps('outside', async () => {});
    await expect.poll(() => queues.locations(), { timeout: 5000 }).toEqual(['outside']);
    expect(await redis.wait(0, 1)).toBe(0);

    const reach = /NOPERM|can't access at least one of the keys/;
    await expect(redis.get('somebody-elses')).rejects.toThrow(reach);
    await expect(redis.eval("return redis.call('GET', 'somebody-elses')", 0)).rejects.toThrow(reach);
    await expect(redis.flushall()).rejects.toThrow(reach);
    await expect(redis.config('GET', '*')).rejects.toThrow(reach);
  });
});

const hasOpenssl = hasBinary('openssl', 'version');
const folder = mkdtempSync(join(tmpdir(), 'muster-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasRedis || !hasOpenssl)('TLS to Redis (needs redis-server and openssl)', () => {
  test('rediss:// works with a known authority and refuses an unknown one', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    const port = await freePort();
    const tls = [
      `tls-port ${port}`,
      `tls-cert-file ${certificate}`,
      `tls-key-file ${key}`,
      'tls-auth-clients no',
    ];
    const node = await startRedisNode(tls);
    onTestFinished(() => node.stop());
    const script = `
      import { silent } from './src/kit/log.ts';
      import { createConnector, untilReady } from './src/redis/connect.ts';
      const redis = createConnector({ kind: 'url', url: 'rediss://127.0.0.1:${port}' }, silent).impatient();
      await untilReady(redis, 2000).then(() => console.log('connected'), () => console.log('refused'));
      redis.disconnect();`;
    const connect = (env: Record<string, string>) =>
      spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      }).stdout.trim();
    expect(connect({ NODE_EXTRA_CA_CERTS: certificate })).toBe('connected');
    expect(connect({})).toBe('refused');
  });
});
