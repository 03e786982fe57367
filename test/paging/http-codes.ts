import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { PageFailed } from '../../src/incident/events.ts';
import { createDeliver } from '../../src/paging/deliver.ts';
import type { ReadyPagers } from '../../src/paging/open-pagers.ts';
import { t0 } from '../incident/given.ts';
import { pageFor, running } from './page-for.ts';
import { people } from './story.ts';

/** What every HTTP pager must make of an answer; `retryMs` is null where trying again cannot help. */
const codes: [status: number, headers: Record<string, string>, outcome: string, retryMs: number | null][] = [
  [200, {}, 'sent', null],
  [201, {}, 'sent', null],
  [202, {}, 'sent', null],
  [301, { location: 'http://169.254.169.254/' }, 'failed', null],
  [400, {}, 'failed', null],
  [401, {}, 'failed', null],
  [403, {}, 'failed', null],
  [404, {}, 'failed', null],
  [408, {}, 'failed', 1000],
  [413, {}, 'failed', null],
  [422, {}, 'failed', null],
  [429, {}, 'failed', 1000],
  [429, { 'retry-after': '7' }, 'failed', 7000],
  [429, { 'retry-after': '86400' }, 'failed', 600_000],
  [500, {}, 'unknown', 1000],
  [502, {}, 'unknown', 1000],
  [503, {}, 'unknown', 1000],
  [503, { 'retry-after': '3' }, 'failed', 3000],
  [504, {}, 'unknown', 1000],
];

/** Holds an HTTP pager to the table; `pagersAt` sets the pagers up for a server at an address. */
export function passesHttpCodes(pager: string, pagersAt: (url: string) => ReadyPagers): void {
  describe(`${pager} and HTTP`, () => {
    test.each(codes)('%i %j is %s, again after %s ms', async (status, headers, outcome, retryMs) => {
      const { page, counted, posts } = await pageOnce(pager, pagersAt, (answer) =>
        answer.writeHead(status, headers).end('{}'),
      );
      expect(posts).toBe(1);
      expect(counted).toEqual([`${pager} ${outcome}`]);
      if (outcome === 'sent') expect(page.type).toBe('PageSent');
      else expect((page as PageFailed).retryAt).toBe(retryMs === null ? null : t0 + retryMs);
    });

    test('a connection cut after the request leaves the outcome unknown', async () => {
      const { page, counted } = await pageOnce(pager, pagersAt, (answer) => answer.destroy());
      expect(counted).toEqual([`${pager} unknown`]);
      expect((page as PageFailed).retryAt).toBe(t0 + 1000);
    });

    test('a server that never answers ends in a time-out', async () => {
      const { page, counted } = await pageOnce(pager, pagersAt, () => {}, 150);
      expect(counted).toEqual([`${pager} unknown`]);
      expect(page).toMatchObject({ type: 'PageFailed', code: 'timeout', retryAt: t0 + 1000 });
    });
  });
}

async function pageOnce(
  pager: string,
  pagersAt: (url: string) => ReadyPagers,
  answer: (response: import('node:http').ServerResponse) => void,
  timeoutMs = 5000,
) {
  let posts = 0;
  const server = createServer((request, response) => {
    posts += 1;
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const counted: string[] = [];
  const deliver = createDeliver({
    pagers: pagersAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    measure: { count: (_, labels) => counted.push(`${labels.pager} ${labels.outcome}`), observe: () => {} },
    now: () => t0,
    timeoutMs,
  });
  try {
    const spot = { key: 'k', round: 1, level: 1, person: 'jun', pager };
    const page = await deliver({
      spot,
      tries: 0,
      again: false,
      dueAt: t0,
      person: people.jun,
      page: pageFor,
      signal: running(),
    });
    return { page, counted, posts };
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
