import { afterEach, describe, expect, test } from 'vitest';
import type { WebOptions } from '../../src/web/web.ts';
import { startWeb } from './start.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: Partial<WebOptions>) {
  const started = await startWeb(options);
  closers.push(() => started.web.close(0));
  return started.get;
}

describe('/healthz', () => {
  test.each([
    [0, 200, 'alive, last work 0 s ago\n'],
    [30_000, 200, 'alive, last work 30 s ago\n'],
    [30_001, 503, 'stalled: no work went well for 30 s\n'],
    [-5000, 200, 'alive, last work 0 s ago\n'],
  ])('%i ms after the last work that went well is %i', async (age, status, text) => {
    const get = await start({
      now: () => 1_000_000,
      lastWork: () => 1_000_000 - age,
      stalledAfterMs: 30_000,
    });
    const answer = await get('/healthz');
    expect([answer.status, await answer.text()]).toEqual([status, text]);
  });
});

describe('/readyz', () => {
  const json = { headers: { accept: 'application/json' } };

  test('is ready when nothing is missing', async () => {
    const get = await start({ ready: [{ name: 'redis', check: async () => null }] });
    const text = await get('/readyz');
    expect([text.status, await text.text()]).toEqual([200, 'ready\n']);
    expect(await (await get('/readyz', json)).json()).toEqual({ ready: true, missing: [] });
  });

  test('names everything that is missing, masked, also when a check fails or hangs', async () => {
    const get = await start({
      ready: [
        { name: 'redis', check: async () => 'no connection to redis://:hunter2@127.0.0.1' },
        { name: 'slack', check: () => Promise.reject(new Error('no token')) },
        { name: 'github', check: () => new Promise(() => {}) },
        { name: 'disk', check: async () => null },
      ],
      mask: (text) => text.replaceAll('hunter2', '***'),
    });
    const answer = await get('/readyz', json);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      ready: false,
      missing: [
        { name: 'redis', why: 'no connection to redis://:***@127.0.0.1' },
        { name: 'slack', why: 'no token' },
        { name: 'github', why: 'no answer within 2000 ms' },
      ],
    });
  });

  test('turns traffic away while the process stops', async () => {
    const get = await start({ closing: () => true });
    const answer = await get('/readyz');
    expect([answer.status, await answer.text()]).toEqual([503, 'not ready\nprocess: it is stopping\n']);
    expect(answer.headers.get('connection')).toBe('close');
  });
});
