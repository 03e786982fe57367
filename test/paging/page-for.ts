import { createBreaker } from '../../src/kit/breaker.ts';
import { createOutbound } from '../../src/kit/outbound.ts';
import { openPagers } from '../../src/paging/open-pagers.ts';
import type { Page, Recipient } from '../../src/paging/page.ts';
import type { PagerTools } from '../../src/paging/pager.ts';
import { t0 } from '../incident/given.ts';
import { people } from './story.ts';

/** A page for somebody, as the room makes it. */
export function pageFor(person: Recipient = people.minji!, over: Partial<Page> = {}): Page {
  return {
    key: `inc-42.r1.l1.${person.id}.x`,
    subject: { incident: 42 },
    name: 'inc-42',
    round: 1,
    level: 1,
    severity: 'P1',
    title: 'Orders fail',
    service: 'orders',
    since: t0,
    person,
    ...over,
  };
}

/** The pagers of the registry over a real network; what a test does not give it must not use. */
export function pagersWith(settings: Record<string, unknown>, over: Partial<PagerTools>) {
  return openPagers(settings, {
    outbound: createOutbound({ allowPrivate: true, breaker: createBreaker() }),
    slack: () => Promise.reject(new Error('This test does not call Slack')),
    pagerdutyUrl: 'http://127.0.0.1:9',
    routingKey: undefined,
    secret: (name) => `value of ${name}`,
    acknowledgeUrl: ({ key }) => `https://muster.example.com/ack/${key}`,
    now: () => t0,
    ...over,
  });
}

/** A signal that never aborts. */
export const running = (): AbortSignal => new AbortController().signal;
