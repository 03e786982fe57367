import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readReport } from '../../src/runbook/evidence/report-file.ts';
import { hasRedis, redisMissing, startRedisNode } from '../parts/redis-node.ts';
import { startSentinelSet } from '../parts/sentinel-set.ts';
import { muster, ownFolder, startMuster } from './muster.ts';

const shipped = (name: string) => resolve('runbooks', `${name}.yaml`);

describe('muster runbook list and lint', () => {
  it('lists the shipped runbooks where a folder has none of its own', async () => {
    const { code, out } = await muster(ownFolder(), ['runbook', 'list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^redis-sentinel +\d+ steps {2}Redis with Sentinel$/m);
  });

  it('finds nothing wrong with what is shipped: every runbook, and an alert for each', async () => {
    const { code, out } = await muster(ownFolder(), ['runbook', 'lint']);
    expect([code, out]).toEqual([0, 'ok\n']);
  });

  it('names the problems of every file, one that is not there among them', async () => {
    const folder = ownFolder();
    writeFileSync(join(folder, 'a.yaml'), 'name: a\ntitle: A\nsteps: [{ id: x, uses: nope, with: {} }]\n');
    const { code, out } = await muster(folder, [
      'runbook',
      'lint',
      join(folder, 'a.yaml'),
      'gone.yaml',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { line: 3, column: 24, message: expect.stringContaining('nope') },
      { file: 'gone.yaml', message: expect.stringContaining('ENOENT') },
    ]);
  });
});

describe('muster runbook run', () => {
  const checkOf = async (status: number) => {
    const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    return `http_url=http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const run = (...more: string[]) => muster(ownFolder(), ['runbook', 'run', shipped('http-check'), ...more]);

  it('exits 0 for pass, and shows no line of progress where there is no terminal', async () => {
    const { code, out } = await run('--target', await checkOf(200));
    expect(code).toBe(0);
    expect(out).toMatch(/^HTTP check\n\n {2}✓ pass {4}Does it answer\? {2}\(\d+ ms\)\n {12}\S/);
    expect(out).toMatch(/Was there a deploy\?\n {12}Not needed: steps\.http\.verdict == "fail"/);
    expect(out).toMatch(/Verdict: pass\n$/);
  });

  it('exits 3 for warn', async () => {
    const { code, out } = await run('--target', await checkOf(200), 'http_within=0s');
    expect([code, out]).toEqual([3, expect.stringMatching(/Verdict: warn\n$/)]);
  });

  it('exits 4 for fail, and leaves to people what is theirs', async () => {
    const { code, out } = await run('--target', await checkOf(500));
    expect([code, out]).toEqual([4, expect.stringMatching(/deploy\?\n {12}For people[\s\S]*fail\n$/)]);
  });

  it('exits 5 for unknown, and says which parameter is missing', async () => {
    const { code, out } = await run();
    expect([code, out]).toEqual([5, expect.stringMatching(/http_url has no value/)]);
  });

  it('ends at Ctrl-C with what it knows by then', async () => {
    const asked = Promise.withResolvers<void>();
    const server = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    const url = `http_url=http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const args = ['runbook', 'run', shipped('http-check'), '--target', url];
    const { child, ended } = startMuster(ownFolder(), args);
    await asked.promise;
    child.kill('SIGINT');
    expect(await ended).toMatchObject({
      code: 5,
      out: expect.stringMatching(/Was stopped before it could finish\.[\s\S]*Verdict: unknown\n$/),
    });
  });

  it('exits 1 for a file that is refused and for a parameter that is none', async () => {
    expect(await muster(ownFolder(), ['runbook', 'run', 'gone.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^gone\.yaml: /),
    });
    expect(await run('--target', 'http_ulr=http://a/')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^--target: runbook http-check has no parameter http_ulr; it has http_url, /,
      ),
    });
    expect(await run('--target', 'http_url')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^--target takes name=value or a service of muster.yaml \(none\); not "http_url"/,
      ),
    });
  });

  it('takes the parameters of a service, and gives machines everything', async () => {
    const folder = ownFolder();
    const param = (await checkOf(200)).replace('=', ': ');
    writeFileSync(join(folder, 'muster.yaml'), `services:\n  orders: { params: { ${param} } }\n`);
    const args = ['runbook', 'run', shipped('http-check'), '--target', 'orders', '--json'];
    const { code, out } = await muster(folder, args);
    expect(code).toBe(0);
    expect(readReport(out)).toMatchObject({
      runbook: expect.stringMatching(/^http-check@/),
      place: 'terminal',
      verdict: 'pass',
      steps: [{ id: 'http', verdict: 'pass' }, { id: 'burst' }, { verdict: 'skipped' }],
    });
  });

  it.skipIf(!hasRedis)(
    `looks at a real Sentinel set, and changes nothing (${redisMissing})`,
    async () => {
      const set = await startSentinelSet();
      onTestFinished(set.stop);
      const params = [
        `sentinels=${JSON.stringify(set.addresses.sentinels)}`,
        `redis_nodes=${JSON.stringify(set.addresses.nodes)}`,
        `sentinel_master=${set.name}`,
      ];
      const look = () =>
        muster(ownFolder(), ['runbook', 'run', shipped('redis-sentinel'), '--target', ...params]);
      expect(await look()).toMatchObject({
        code: 0,
        out: expect.stringMatching(/Promote a replica\n {12}Not needed: steps\.sentinel\.facts\.stuck/),
      });
      for (const node of [set.nodes[0]!, set.sentinels[0]!, set.sentinels[1]!]) node.freeze();
      expect(await look()).toMatchObject({
        code: 4,
        out: expect.stringMatching(
          /Promote a replica\n {12}Not done; --approve asks for it\. It would be: SENTINEL FAILOVER/,
        ),
      });
      expect(await set.masterOf(set.sentinels[2]!)).toBe(set.addresses.nodes[0]);
    },
    60_000,
  );

  it.skipIf(!hasRedis)(
    `makes a change only with --approve and once its target was typed (${redisMissing})`,
    async () => {
      const redis = await startRedisNode([]);
      onTestFinished(redis.stop);
      await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
      for (let n = 1; n <= 3; n++) await redis.client.xadd('orders', `1-${n}`, 'n', String(n));
      const read = (consumer: string, count: number) =>
        redis.client.xreadgroup('GROUP', 'billing', consumer, 'COUNT', count, 'STREAMS', 'orders', '>');
      await read('gone', 2);
      // Ten minutes ago, as Redis counts it.
      await redis.client.xclaim('orders', 'billing', 'gone', 0, '1-1', '1-2', 'IDLE', 600_000);
      await read('alive', 1);
      const targets = [
        `stream_redis={"address":"${redis.address}"}`,
        'stream=orders',
        'stream_group=billing',
        'stream_min_idle=1m',
      ];
      const pending = async () =>
        (
          (await redis.client.xpending('orders', 'billing')) as [number, string, string, [string, string][]]
        )[3];
      const target = `redis-stream orders billing at ${redis.address}`;
      const asked: string[] = [];
      const run = (answer: string | null, ...more: string[]) =>
        muster(
          ownFolder(),
          ['runbook', 'run', shipped('redis-streams-pending'), '--target', ...targets, ...more],
          {},
          answer === null
            ? null
            : async (question) => {
                asked.push(question);
                return answer;
              },
        );
      expect((await run(target)).out).toContain('Not done; --approve asks for it.');
      expect((await run(null, '--approve')).out).toContain(
        'Not done: a change needs a person at a terminal.',
      );
      expect((await run('y', '--approve')).out).toContain('Not done: its target was not typed.');
      expect(await pending()).toContainEqual(['gone', '2']);
      const { out } = await run(target, '--approve');
      expect(asked).toHaveLength(2);
      expect(asked[1]).toContain(`on       ${target}`);
      expect(out).toMatch(/✓ pass {4}Check/);
      expect(out).toMatch(/Verdict: pass\n$/);
      expect(await pending()).toEqual([['alive', '3']]);
    },
    30_000,
  );
});
