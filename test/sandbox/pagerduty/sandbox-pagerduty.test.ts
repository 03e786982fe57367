import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type SandboxPagerDutyOptions,
  startSandboxPagerDuty,
} from '../../../src/sandbox/pagerduty/sandbox-pagerduty.ts';

const key = 'R'.repeat(32);
const minji = { id: 'PMINJI1', name: 'Kim Minji', email: 'minji@example.com' };
const trigger = {
  routing_key: key,
  event_action: 'trigger',
  dedup_key: 'inc-42-minji',
  payload: { summary: 'P1: orders is down', source: 'muster', severity: 'critical' },
};

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

async function start(more: Partial<SandboxPagerDutyOptions> = {}) {
  const pagerDuty = await startSandboxPagerDuty({ users: [minji], now: () => 1_795_255_200_000, ...more });
  started.push(pagerDuty);
  const send = async (body: unknown) => {
    const answer = await fetch(pagerDuty.eventsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { pagerDuty, send };
}

describe('Events v2', () => {
  test('a trigger opens a page; the same key folds into it', async () => {
    const { pagerDuty, send } = await start();
    const answer = {
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'inc-42-minji' },
    };
    expect(await send(trigger)).toEqual(answer);
    expect(await send(trigger)).toEqual(answer);
    expect(pagerDuty.incidents()).toMatchObject([
      { summary: 'P1: orders is down', status: 'triggered', triggers: 2 },
    ]);
    expect(pagerDuty.attempts.map((attempt) => attempt.effect)).toEqual(['opened', 'folded']);
  });

  test('acknowledge and resolve need no payload; after resolve a trigger opens a new page and others are dropped', async () => {
    const { pagerDuty, send } = await start();
    const act = (event_action: string, routing_key = key) =>
      send({ routing_key, event_action, dedup_key: 'inc-42-minji' });
    await send(trigger);
    await act('acknowledge', 'X'.repeat(32));
    expect(pagerDuty.incidents()[0]?.status, 'another routing key is dropped').toBe('triggered');
    await act('acknowledge');
    expect(pagerDuty.incidents()[0]?.status).toBe('acknowledged');
    await act('resolve');
    await act('acknowledge');
    await send(trigger);
    expect(pagerDuty.incidents().map((incident) => incident.status)).toEqual(['resolved', 'triggered']);
    expect(pagerDuty.attempts.map((attempt) => attempt.effect)).toEqual([
      'opened',
      'dropped',
      'acknowledged',
      'resolved',
      'dropped',
      'opened',
    ]);
  });

  test('without a dedup key PagerDuty makes one', async () => {
    const { pagerDuty, send } = await start();
    const { dedup_key: _, ...without } = trigger;
    const { body } = await send(without);
    expect(pagerDuty.incidents()[0]?.dedupKey).toBe(body.dedup_key);
  });

  const payload = (change: object) => ({ ...trigger, payload: { ...trigger.payload, ...change } });
  test.each([
    ['a short routing key', { ...trigger, routing_key: 'short' }],
    ['an unknown action', { ...trigger, event_action: 'page' }],
    ['a dedup key over 255', { ...trigger, dedup_key: 'x'.repeat(256) }],
    ['a summary over 1024', payload({ summary: 'x'.repeat(1025) })],
    ['an empty summary', payload({ summary: '' })],
    ['a severity of Muster’s', payload({ severity: 'P1' })],
    ['no source', payload({ source: undefined })],
    ['no payload', { ...trigger, payload: undefined }],
    ['an acknowledge without a key', { routing_key: key, event_action: 'acknowledge' }],
    ['no JSON', '{'],
  ])('%s is 400', async (_why, body) => {
    const { pagerDuty, send } = await start();
    expect(await send(body)).toMatchObject({ status: 400, body: { status: 'invalid event' } });
    expect(pagerDuty.incidents()).toEqual([]);
  });

  test('the longest that is allowed is allowed', async () => {
    const { send } = await start();
    const body = { ...payload({ summary: 'x'.repeat(1024) }), dedup_key: 'k'.repeat(255) };
    expect((await send(body)).status).toBe(202);
  });

  test('a body over 512 KB is refused', async () => {
    const { send } = await start();
    expect((await send(payload({ custom_details: 'x'.repeat(600_000) }))).status).toBe(413);
  });

  test('an unknown routing key is 400 where keys are known', async () => {
    const { send } = await start({ routingKeys: ['K'.repeat(32)] });
    expect((await send(trigger)).status).toBe(400);
  });

  test('too many events a minute are 429', async () => {
    const { send } = await start({ perMinute: 2 });
    expect([
      (await send(trigger)).status,
      (await send(trigger)).status,
      (await send(trigger)).status,
    ]).toEqual([202, 202, 429]);
  });

  test('an accepted page whose answer is lost stays visible, and the retry folds into it', async () => {
    const { pagerDuty, send } = await start();
    const injected = pagerDuty.faults.inject(/enqueue/, { kind: 'lose-reply' });
    await expect(send(trigger)).rejects.toThrow();
    expect(injected.taken).toBe(1);
    await send(trigger);
    expect(pagerDuty.incidents()).toMatchObject([{ triggers: 2 }]);
  });
});

describe('v3 webhooks', () => {
  async function listen() {
    const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      heard.push({ headers: request.headers, body });
      response.writeHead(202).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    started.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }

  test('a person’s acknowledgement is posted, signed with every secret', async () => {
    const { heard, url } = await listen();
    const { pagerDuty, send } = await start();
    pagerDuty.subscribe({ url, secrets: ['old', 'new'] });
    await send(trigger);
    expect(await pagerDuty.acknowledge('inc-42-minji', minji)).toBe(true);
    const { headers, body } = heard[0] ?? { headers: {}, body: '' };
    const mac = (secret: string) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
    expect(headers['x-pagerduty-signature']).toBe(`${mac('old')},${mac('new')}`);
    expect(JSON.parse(body).event).toMatchObject({
      event_type: 'incident.acknowledged',
      resource_type: 'incident',
      agent: { id: 'PMINJI1', type: 'user_reference' },
      data: { incident_key: 'inc-42-minji', status: 'acknowledged' },
    });
    expect(pagerDuty.incidents()[0]).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'PMINJI1' });
    await pagerDuty.resolve('inc-42-minji', minji);
    expect(JSON.parse(heard[1]?.body ?? '').event.event_type).toBe('incident.resolved');
    expect(await pagerDuty.acknowledge('inc-42-minji', minji), 'nothing is open any more').toBe(false);
    expect(pagerDuty.deliveries.map((delivery) => delivery.status)).toEqual([202, 202]);
  });

  test('the same delivery can be sent again, byte for byte', async () => {
    const { heard, url } = await listen();
    const { pagerDuty, send } = await start();
    pagerDuty.subscribe({ url, secrets: ['s'] });
    await send(trigger);
    await pagerDuty.acknowledge('inc-42-minji', minji);
    await pagerDuty.redeliver(pagerDuty.deliveries[0]?.id ?? '');
    expect(heard[1]?.body).toBe(heard[0]?.body);
  });
});
