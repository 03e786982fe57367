import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import { hmacSha256Hex } from '../../src/kit/signature.ts';
import { createPagerDutyDoor, type PagerDutyNews } from '../../src/paging/pagerduty-door.ts';
import { startSandboxPagerDuty } from '../../src/sandbox/pagerduty/sandbox-pagerduty.ts';
import { pageFor, pagersWith, running } from './page-for.ts';
import { people } from './story.ts';

const secret = 'webhook secret';
const user = { id: 'PABC123', name: 'Lee Jun', email: 'jun@example.com' };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: { secrets?: string[]; fails?: () => boolean } = {}) {
  const news: PagerDutyNews[] = [];
  const known = new Set<string>();
  const door = createPagerDutyDoor({
    secrets: options.secrets ?? [secret],
    handle: async (one) => {
      if (options.fails?.()) throw new Error('Redis is down at hunter2');
      news.push(one);
    },
    seen: async (id) => known.has(id),
    remember: async (id) => void known.add(id),
    log: silent,
  });
  const server = createServer(door);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (body: string | Uint8Array<ArrayBuffer>, signature?: string) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: signature === undefined ? {} : { 'x-pagerduty-signature': signature },
    });
  return { news, url, post };
}

const signed = (body: string, by = secret) => `v1=${hmacSha256Hex(by, body)}`;
const event = (over: object) =>
  JSON.stringify({
    event: { id: 'E1', event_type: 'incident.acknowledged', data: { incident_key: 'k' }, ...over },
  });
const agent = { id: 'P1', type: 'user_reference', summary: 'Jun' };

describe('the PagerDuty webhook door', () => {
  test('takes what a person did in PagerDuty once, however often it is delivered, also while secrets rotate', async () => {
    const { news, url } = await start({ secrets: ['old one', secret] });
    const pagerDuty = await startSandboxPagerDuty({ users: [user], now: Date.now });
    closers.push(() => pagerDuty.close());
    const pager = pagersWith({}, { pagerdutyUrl: pagerDuty.url, routingKey: 'r'.repeat(32) }).get(
      'pagerduty',
    )!;
    const page = pageFor(people.jun);
    await pager.send(page, false, running());
    pagerDuty.subscribe({ url, secrets: ['unknown to us', secret] });
    await pagerDuty.acknowledge(page.key, user);
    await pagerDuty.redeliver(pagerDuty.deliveries[0]!.id);
    await pagerDuty.resolve(page.key, user);
    expect(pagerDuty.deliveries.map(({ status }) => status)).toEqual([202, 202]);
    const person = { id: 'PABC123', name: 'Lee Jun', email: null };
    expect(news).toEqual([
      { dedupKey: page.key, kind: 'acknowledged', user: person },
      { dedupKey: page.key, kind: 'resolved', user: person },
    ]);
  });

  test.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['one of another secret', signed(event({ agent }), 'other')],
    ['one of an empty secret', signed(event({ agent }), '')],
    ['one of other bytes', signed(`${event({ agent })} `)],
    ['one of another version', signed(event({ agent })).replace('v1', 'v0')],
    ['one cut short', signed(event({ agent })).slice(0, -1)],
  ])('refuses %s with 401', async (_, signature) => {
    const { news, post } = await start({ secrets: [secret, ''] });
    const answer = await post(event({ agent }), signature);
    expect([answer.status, news]).toEqual([401, []]);
  });

  test.each([
    ['a ping', event({ event_type: 'pagey.ping' })],
    ['an event of no use here', event({ event_type: 'incident.annotated', agent })],
    [
      'what no person did',
      event({ event_type: 'incident.resolved', agent: { id: 'S1', type: 'service_reference' } }),
    ],
    ['what nobody did', event({ event_type: 'incident.resolved', agent: null })],
    ['an incident without a key', event({ agent, data: {} })],
  ])('accepts %s and does nothing', async (_, body) => {
    const { news, post } = await start();
    expect([(await post(body, signed(body))).status, news]).toEqual([202, []]);
  });

  test.each(['{', 'null', '[]', '{"event":{}}', '{"event":{"id":"","event_type":"x"}}'])(
    'answers 400 to %s',
    async (body) => {
      const { post } = await start();
      expect((await post(body, signed(body))).status).toBe(400);
    },
  );

  test('answers 413 to more than 1 MB and 405 to GET', async () => {
    const { post, url } = await start();
    expect((await post(new Uint8Array(1_100_000))).status).toBe(413);
    expect((await fetch(url)).status).toBe(405);
  });

  test('answers 503 without the reason when it could not be kept, and takes the repeat', async () => {
    let down = true;
    const { news, post } = await start({ fails: () => down });
    const body = event({ agent });
    const first = await post(body, signed(body));
    expect(first.status).toBe(503);
    expect(await first.text()).not.toContain('hunter2');
    down = false;
    expect((await post(body, signed(body))).status).toBe(202);
    expect(news).toHaveLength(1);
  });
});
