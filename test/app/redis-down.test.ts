import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, hasRedis, type RedisNode, redisMissing, startRedisNode } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { type App, startApp, waitFor } from './harness.ts';
import { pagesSeen } from './pages-seen.ts';

const suite = hasRedis ? 'Redis is down' : `Redis is down: ${redisMissing}`;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  let files: string;
  let second: RedisNode | undefined;
  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'muster-aof-'));
    app = await startApp({ redisLines: [`dir ${files}`] });
  });
  afterAll(async () => {
    await app.stop();
    await second?.stop();
    rmSync(files, { recursive: true, force: true });
  });

  /** While Redis is unusable: a P1 group sent twice at once and a P3 group are refused, and only the P1 pages, once. */
  async function refusedAndPaged(name: string): Promise<void> {
    const before = pagesSeen(app, 'minji');
    const startedAt = Date.now();
    const p1 = alertBody([{ name }]);
    const answers = await Promise.all(
      [p1, p1, alertBody([{ name: `${name}Minor`, severity: 'warning' }])].map(app.alert),
    );
    expect(answers).toEqual([503, 503, 503]);
    const pages = pagesSeen(app, 'minji').filter((page) => !before.includes(page));
    expect(pages.map((page) => page.replace(/group-\w+/, 'group'))).toEqual([
      'pagerduty group.r1.l1.minji.pagerduty',
      'slack group.r1.l1.minji.slack',
    ]);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(await app.alert(p1), 'Alertmanager tries again').toBe(503);
    expect(pagesSeen(app, 'minji')).toHaveLength(before.length + 2);
  }

  /** Redis is usable again: the group is taken, and its pages become those of its incident. */
  async function mergedInto(name: string): Promise<void> {
    const before = pagesSeen(app, 'minji');
    await waitFor('the group to be taken', async () => (await app.alert(alertBody([{ name }]))) === 200);
    await waitFor('its incident, with its pages', async () => {
      const found = (await app.incidents()).find(({ state }) =>
        state.title.toLowerCase().includes(name.toLowerCase()),
      );
      return found?.state.paging.sent.length === 2;
    });
    await app.rest();
    expect(pagesSeen(app, 'minji'), 'nobody is paged a second time').toEqual(before);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  }

  const faults: [string, string, () => unknown, () => unknown][] = [
    [
      'is full (maxmemory, noeviction)',
      'Full',
      () => app.redis.client.config('SET', 'maxmemory', '100kb'),
      () => app.redis.client.config('SET', 'maxmemory', '0'),
    ],
    [
      'became a replica (READONLY)',
      'Readonly',
      async () => app.redis.client.replicaof('127.0.0.1', await freePort()),
      () => app.redis.client.replicaof('NO', 'ONE'),
    ],
    [
      'has too few replicas (NOREPLICAS)',
      'Noreplicas',
      () => app.redis.client.config('SET', 'min-replicas-to-write', '1'),
      () => app.redis.client.config('SET', 'min-replicas-to-write', '0'),
    ],
    ['is frozen (SIGSTOP)', 'Frozen', () => app.redis.freeze(), () => app.redis.thaw()],
  ];
  test.each(faults)(
    'Redis %s: 503, a P1 is paged directly, once, and merged later',
    { timeout: 60_000 },
    async (_, name, begin, end) => {
      await begin();
      try {
        await refusedAndPaged(name);
      } finally {
        await end();
      }
      await mergedInto(name);
    },
  );

  test('Redis is killed, and reads its file for a while when it comes back (LOADING)', {
    timeout: 60_000,
  }, async () => {
    const pad = app.redis.client.pipeline();
    for (let key = 0; key < 6000; key++) pad.set(`pad:${key}`, 'x');
    await pad.exec();
    const before = await app.incidents();
    app.redis.kill();
    await refusedAndPaged('Killed');
    const starting = startRedisNode(
      [`dir ${files}`, 'appendonly yes', 'appendfsync everysec', 'key-load-delay 1000'],
      {
        port: app.redis.port,
      },
    );
    await waitFor('Redis to read its file', async () => {
      const answer = await app.redis.client.ping().catch((error: Error) => error.message);
      return answer.startsWith('LOADING');
    });
    await refusedAndPaged('Loading');
    second = await starting;
    await mergedInto('Killed');
    await mergedInto('Loading');
    expect((await app.incidents()).slice(0, before.length), 'nothing acknowledged is lost').toEqual(before);
  });
});
