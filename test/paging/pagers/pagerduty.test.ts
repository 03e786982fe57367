import { afterEach, describe, expect, test } from 'vitest';
import { startSandboxPagerDuty } from '../../../src/sandbox/pagerduty/sandbox-pagerduty.ts';
import { t0 } from '../../incident/given.ts';
import { passesHttpCodes } from '../http-codes.ts';
import { pageFor, pagersWith, running } from '../page-for.ts';
import { people } from '../story.ts';

const routingKey = 'r'.repeat(32);
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function account() {
  const pagerDuty = await startSandboxPagerDuty({ users: [], now: Date.now });
  closers.push(() => pagerDuty.close());
  const ready = pagersWith({}, { pagerdutyUrl: pagerDuty.url, routingKey });
  return { pagerDuty, pager: ready.get('pagerduty')! };
}

describe('the PagerDuty pager', () => {
  test('triggers once per key however often it is sent, then acknowledges and resolves', async () => {
    const { pagerDuty, pager } = await account();
    const page = pageFor(people.jun);
    expect(await pager.send(page, false, running())).toEqual({ ref: { dedup_key: page.key } });
    await pager.send(page, true, running());
    expect(pagerDuty.incidents()).toMatchObject([
      {
        dedupKey: page.key,
        routingKey,
        status: 'triggered',
        triggers: 2,
        summary: 'P1 Orders fail',
        severity: 'critical',
        payload: {
          source: 'orders',
          component: 'orders',
          group: 'inc-42',
          timestamp: new Date(t0).toISOString(),
        },
      },
    ]);
    const ending = { by: 'Lee Jun', at: t0 };
    await pager.mirror!(page, undefined, { kind: 'acknowledged', ...ending }, running());
    expect(pagerDuty.incidents()[0]?.status).toBe('acknowledged');
    await pager.mirror!(page, { dedup_key: page.key }, { kind: 'resolved', ...ending }, running());
    expect(pagerDuty.incidents()[0]?.status).toBe('resolved');
  });

  test('after a lost answer the repeat folds into the page that is out', async () => {
    const { pagerDuty, pager } = await account();
    const fault = pagerDuty.faults.inject(/enqueue/, { kind: 'lose-reply' });
    await expect(pager.send(pageFor(), false, running())).rejects.toMatchObject({ code: 'connection-lost' });
    expect(fault.taken).toBe(1);
    await pager.send(pageFor(), true, running());
    expect(pagerDuty.incidents()).toHaveLength(1);
  });

  test('keeps within the limits whatever the alert says', async () => {
    const { pagerDuty, pager } = await account();
    await pager.send(
      pageFor(people.jun, { title: `x\n${'가'.repeat(5000)}\u202e`, service: null }),
      false,
      running(),
    );
    expect(pagerDuty.attempts.map(({ status }) => status)).toEqual([202]);
    expect(pagerDuty.incidents()[0]?.summary).toMatch(/^P1 x 가+…$/);
  });

  test.each([
    ['p'.repeat(32), 'p'.repeat(32)],
    ['PABC123', routingKey],
  ])('a person whose key is %s is paged with %s', async (pagerduty, expected) => {
    const { pagerDuty, pager } = await account();
    await pager.send(pageFor({ ...people.jun!, pagerduty }), false, running());
    expect(pagerDuty.incidents()[0]?.routingKey).toBe(expected);
  });

  test('is not set up without a routing key', () => {
    expect(pagersWith({}, {}).has('pagerduty')).toBe(false);
  });
});

passesHttpCodes('pagerduty', (pagerdutyUrl) => pagersWith({}, { pagerdutyUrl, routingKey }));
