import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { failureRatio, startWatcher } from '../../src/demo/watcher.ts';
import { closeDoors, openDoor } from '../alerts/open-door.ts';

afterEach(closeDoors);

test.each([
  ['nothing was measured yet', [], 0],
  ['one sample has no window', [[5, 5]], 0],
  [
    'nothing was written or failed',
    [
      [5, 5],
      [5, 5],
    ],
    0,
  ],
  [
    'all is well',
    [
      [5, 0],
      [25, 0],
    ],
    0,
  ],
  [
    'half fails',
    [
      [5, 0],
      [15, 10],
    ],
    0.5,
  ],
  [
    'everything fails, whatever failed before the window',
    [
      [100, 7],
      [100, 27],
    ],
    1,
  ],
])('the failed share: %s', (_case, samples, ratio) => {
  expect(failureRatio(samples.map(([written = 0, failed = 0]) => ({ written, failed })))).toBe(ratio);
});

/** The order writer's metrics, as a test sets them. */
async function serveMetrics() {
  const counts = { written: 0, failed: 0 };
  const server = createServer((_request, response) => {
    response.end(
      `# HELP orders_written_total x\norders_written_total ${counts.written}\norders_write_failures_total ${counts.failed}\n`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close().closeAllConnections());
  return { counts, target: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('posts nothing before the failure was measured, then what the real door accepts, then that it is over', async () => {
  const { counts, target } = await serveMetrics();
  const door = await openDoor();
  let state: 'written' | 'failed' = 'written';
  const busy = setInterval(() => {
    counts[state] += 10;
  }, 100);
  const watcher = startWatcher({
    folder: '',
    target,
    webhookUrl: `http://127.0.0.1:${door.port}/webhooks/alertmanager`,
    token: 'example-token',
  });
  onTestFinished(async () => {
    clearInterval(busy);
    await watcher.stop();
  });
  await expect.poll(() => counts.written, { timeout: 5000 }).toBeGreaterThan(250);
  expect(door.taken).toEqual([]);
  await expect.poll(() => watcher.quiet()).toBe(true);

  const failedAt = Date.now();
  state = 'failed';
  await expect.poll(() => door.taken.length, { timeout: 15_000 }).toBe(1);
  const [firing] = door.taken[0] ?? [];
  expect(firing).toMatchObject({ severity: 'P1', title: 'Orders write failing', service: 'orders' });
  expect(firing?.firing[0]?.startsAt).toBeGreaterThan(failedAt);
  expect(await watcher.quiet()).toBe(false);

  state = 'written';
  await expect.poll(() => door.taken.length, { timeout: 15_000 }).toBe(2);
  await expect.poll(() => watcher.quiet()).toBe(true);
});
