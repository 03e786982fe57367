import { expect, test } from 'vitest';
import { channelNameError } from '../../src/sandbox/slack/channel-names.ts';
import { createWorld } from '../../src/sandbox/slack/world.ts';
import { channelName } from '../../src/slack/channel-name.ts';
import { apply, incidentOf, opening } from './incidents.ts';

const named = (title: string, service: string | null, attempt?: number) => {
  const command = opening({ title });
  if (command.type === 'ReceiveAlerts') command.opening.service = service;
  return channelName(incidentOf(apply([], command)), attempt);
};

test.each([
  ['High error rate', 'orders', 'inc-42-orders-high-error-rate'],
  ['Orders: high error rate', 'orders', 'inc-42-orders-high-error-rate'],
  ['Redis master is down!', null, 'inc-42-redis-master-is-down'],
  ['주문이 실패합니다', 'orders', 'inc-42-orders'],
  ['결제 API 5xx 급증', 'payments', 'inc-42-payments-api-5xx'],
  ['Zahlungsausfälle', null, 'inc-42-zahlungsausfalle'],
  ['', null, 'inc-42'],
  ['-- * --', 'a/b', 'inc-42-a-b'],
])('%s of %s is %s', (title, service, name) => {
  expect(named(title, service)).toBe(name);
});

test('a long title is cut at a word, and leaves room for a suffix', () => {
  const name = named(
    'a very long title that goes on and on about everything that is wrong in the shop',
    'orders',
  );
  expect(name).toBe('inc-42-orders-a-very-long-title-that-goes-on-and-on-about-everything-that');
  expect(named('x'.repeat(200), null)).toBe('inc-42');
  expect(named('x'.repeat(200), null, 12)).toBe('inc-42-12');
});

test.each(['High error rate', '<!channel> & "friends"', '한국어', 'x'.repeat(300), 'a '.repeat(100)])(
  'Slack accepts the name made of %j',
  (title) => {
    const world = createWorld([], {}, 0);
    for (const attempt of [1, 2, 20]) {
      expect(channelNameError(world, named(title, 'orders', attempt))).toBeUndefined();
    }
  },
);
