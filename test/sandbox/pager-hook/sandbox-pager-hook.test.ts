import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startSandboxPagerHook } from '../../../src/sandbox/pager-hook/sandbox-pager-hook.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

async function start() {
  const hook = await startSandboxPagerHook({ now: () => 7 });
  started.push(hook);
  const post = (key: string | null, body: object) =>
    fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    }).then((answer) => answer.status);
  return { hook, post };
}

test('the same idempotency key is the same page', async () => {
  const { hook, post } = await start();
  expect([
    await post('k1', { text: 'a' }),
    await post('k1', { text: 'b' }),
    await post('k2', { text: 'c' }),
  ]).toEqual([201, 200, 201]);
  expect(hook.pages()).toMatchObject([
    { key: 'k1', posts: 2, at: 7, body: { text: 'a' } },
    { key: 'k2', posts: 1 },
  ]);
});

test('a page without a key is refused', async () => {
  const { hook, post } = await start();
  expect(await post(null, {})).toBe(400);
  expect(hook.pages()).toEqual([]);
});

test('a lost answer leaves the page visible once', async () => {
  const { hook, post } = await start();
  const injected = hook.faults.inject(/POST/, { kind: 'lose-reply' });
  await expect(post('k1', {})).rejects.toThrow();
  await post('k1', {});
  expect(injected.taken).toBe(1);
  expect(hook.pages()).toMatchObject([{ posts: 2 }]);
});

test('following a link only looks; pressing its button posts its form', async () => {
  const calls: string[] = [];
  const muster = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push(`${request.method} ${request.url} ${body}`);
    response.end(
      '<form method="post" action="/ack?a=1&amp;b=2"><input type="hidden" name="token" value="t&amp;1"><button>Acknowledge</button></form>',
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => muster.once('listening', resolve));
  started.push({ close: () => new Promise((resolve) => muster.close(() => resolve())) });
  const link = `http://127.0.0.1:${(muster.address() as AddressInfo).port}/ack?a=1`;
  const { hook } = await start();
  expect(await hook.follow(link, false)).toMatchObject({ shown: 200, acknowledged: null });
  expect(calls).toEqual(['GET /ack?a=1 ']);
  expect(await hook.follow(link, true)).toMatchObject({ shown: 200, acknowledged: 200 });
  expect(calls.slice(1)).toEqual(['GET /ack?a=1 ', 'POST /ack?a=1&b=2 token=t%261']);
});
