import { Agent, request } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../../src/web/listen.ts';

test('a taken port is said with what to do', async () => {
  const web = await listen((_request, response) => void response.end(), '127.0.0.1', 0);
  try {
    await expect(listen(() => {}, '127.0.0.1', web.port)).rejects.toMatchObject({
      code: 'port-in-use',
      retry: 'never',
      message: expect.stringMatching(/127\.0\.0\.1:\d+.*set PORT/),
    });
  } finally {
    await web.close();
  }
});

test('closing lets the running request finish, takes no new one and is done at once afterwards', async () => {
  let finish = () => {};
  const begun = Promise.withResolvers<void>();
  const web = await listen(
    (_request, response) => {
      finish = () => response.end('done');
      begun.resolve();
    },
    '127.0.0.1',
    0,
  );
  const agent = new Agent({ keepAlive: true });
  const answered = new Promise<string>((resolve, reject) => {
    request(web.url, { agent }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
  await begun.promise;
  const started = performance.now();
  const closed = web.close();
  expect(web.close()).toBe(closed);
  await expect(fetch(web.url)).rejects.toThrow();
  finish();
  expect(await answered).toBe('done');
  await closed;
  expect(performance.now() - started).toBeLessThan(5000);
  agent.destroy();
});

test('a request that never ends is cut when the time is over', async () => {
  const begun = Promise.withResolvers<void>();
  const web = await listen(() => begun.resolve(), '127.0.0.1', 0);
  const answer = fetch(web.url).then(
    () => 'answered',
    () => 'cut',
  );
  await begun.promise;
  await web.close(50);
  expect(await answer).toBe('cut');
});
