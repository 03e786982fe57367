import { json } from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebOptions } from '../../src/web/web.ts';
import { startWeb } from './start.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: Partial<WebOptions> = {}) {
  const started = await startWeb(options);
  closers.push(() => started.web.close(0));
  return started;
}

describe('every answer', () => {
  test.each(['/healthz', '/readyz', '/metrics', '/nothing', '/broken'])(
    'of %s carries the security headers',
    async (path) => {
      const { get } = await start({
        doors: [
          {
            path: '/broken',
            handler: () => {
              throw new Error('x');
            },
          },
        ],
      });
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );
});

describe('a door', () => {
  test('gets the raw bytes, and can parse them itself', async () => {
    const { get } = await start({
      doors: [
        {
          path: '/webhooks/raw',
          handler: async (request, response) => {
            let size = 0;
            for await (const chunk of request as AsyncIterable<Buffer>) size += chunk.length;
            response.send(String(size));
          },
        },
        { path: '/webhooks/json', handler: json() },
      ],
    });
    const post = { method: 'POST', body: '{"a": 1 }', headers: { 'content-type': 'application/json' } };
    expect(await (await get('/webhooks/raw', post)).text()).toBe('9');
    expect((await get('/webhooks/json', { ...post, body: '{' })).status).toBe(400);
  });

  test.each([
    [
      'throws at once',
      () => {
        throw new Error('password=hunter2');
      },
    ],
    ['rejects', () => Promise.reject(new Error('password=hunter2'))],
    ['throws no error', () => Promise.reject('hunter2')],
    ['claims to be a 500', () => Promise.reject(Object.assign(new Error('hunter2'), { status: 500 }))],
  ])('that %s is answered 503, and the reason stays in the log', async (_, handler) => {
    const { get, logged } = await start({ doors: [{ path: '/webhooks/x', handler }] });
    const answer = await get('/webhooks/x', { method: 'POST' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('Something broke here; please try again.\n');
    expect(JSON.stringify(logged)).toContain('hunter2');
  });

  test('that breaks in the middle of its answer cuts the connection', async () => {
    const handler: WebOptions['doors'][number]['handler'] = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      throw new Error('x');
    };
    const { get } = await start({ doors: [{ path: '/x', handler }] });
    await expect(get('/x').then((answer) => answer.text())).rejects.toThrow();
  });

  test('is counted by its answers, below /webhooks only', async () => {
    const { get, metrics } = await start({
      doors: [{ path: '/webhooks/x', handler: (_request, response) => void response.status(202).end() }],
    });
    await get('/webhooks/x', { method: 'POST' });
    await get('/webhooks/x', { method: 'POST' });
    await get('/webhooks/none', { method: 'POST' });
    await get('/nothing');
    const { text } = await metrics.read();
    expect(text.match(/^muster_webhook_requests_total.*$/gm)).toEqual([
      'muster_webhook_requests_total{code="202"} 2',
      'muster_webhook_requests_total{code="404"} 1',
    ]);
  });
});

test('what is not there is a plain 404', async () => {
  const { get } = await start();
  const answer = await get('/<script>');
  expect([answer.status, await answer.text()]).toEqual([404, 'There is nothing here.\n']);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

describe('/metrics', () => {
  test('has the values of this moment and Node`s own', async () => {
    const { get, metrics } = await start({
      beforeScrape: async () => {
        metrics.reset('muster_queue_waiting');
        metrics.set('muster_queue_waiting', { queue: 'sync-paging' }, 3);
      },
    });
    metrics.set('muster_queue_waiting', { queue: 'gone' }, 9);
    const answer = await get('/metrics');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toContain('muster_queue_waiting{queue="sync-paging"} 3');
    expect(text).not.toContain('gone');
    expect(text).toContain('process_cpu_user_seconds_total');
  });

  test.each([
    ['fail', () => Promise.reject(new Error('Redis is down')), 'Redis is down'],
    ['hang', () => new Promise<void>(() => {}), 'no answer within 2000 ms'],
  ])('are there even when the gauges %s', async (_, beforeScrape, reason) => {
    const { get, logged } = await start({ beforeScrape });
    expect((await get('/metrics')).status).toBe(200);
    expect(logged).toMatchObject([{ data: { reason } }]);
  });
});
