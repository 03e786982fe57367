import { describe, expect, it } from 'vitest';
import { judgeStream } from '../../../../src/runbook/systems/redis/judge-stream.ts';
import type {
  ConsumerView,
  GroupView,
  StreamView,
} from '../../../../src/runbook/systems/redis/stream-view.ts';

const question = {
  stream: 'orders',
  group: 'billing',
  minIdleMs: 60_000,
  vanishedAfterMs: 60_000,
  poisonAfter: 5,
};
const limits = { maxLag: 100, deadAfterMs: 86_400_000 };

const consumer = (more: Partial<ConsumerView> = {}): ConsumerView => ({
  name: 'worker',
  pending: 0,
  idleMs: 100,
  inactiveMs: null,
  oldestIdleMs: 0,
  deliveries: 0,
  ...more,
});

const group = (more: Partial<GroupView> = {}): GroupView => ({
  name: 'billing',
  pending: 0,
  overdue: 0,
  more: false,
  lag: 0,
  unread: false,
  tellsAttempts: false,
  consumers: [consumer()],
  poison: [],
  ...more,
});

const view = (one: GroupView): StreamView => ({ length: 10, groups: [one], names: [one.name] });
const silent = consumer({ pending: 3, idleMs: 90_000 });

describe('judgeStream', () => {
  it.each([
    ['a consumer that keeps up', group(), 'pass', undefined],
    [
      'Redis 7.2: no attempt for long, with entries in hand',
      group({ tellsAttempts: true, consumers: [{ ...silent, inactiveMs: 90_000 }] }),
      'fail',
      'consumer-vanished',
    ],
    [
      'Redis 7.2: attempts, and nothing to get',
      group({ tellsAttempts: true, consumers: [{ ...silent, idleMs: 200, inactiveMs: 90_000 }] }),
      'pass',
      undefined,
    ],
    [
      'before 7.2: idle, and something to get',
      group({ consumers: [silent], unread: true, lag: 2 }),
      'fail',
      'consumer-vanished',
    ],
    ['before 7.2: idle, and nothing to get', group({ consumers: [silent] }), 'pass', undefined],
    [
      'before 7.2: idle with old entries, and nothing to get',
      group({ consumers: [{ ...silent, oldestIdleMs: 90_000 }], overdue: 3 }),
      'warn',
      undefined,
    ],
    [
      'unread entries whose number nobody knows, and no reader',
      group({ lag: null, unread: true, consumers: [] }),
      'fail',
      'no-live-consumer',
    ],
    ['more unread entries than allowed', group({ lag: 101, unread: true }), 'warn', undefined],
    [
      'a poison entry',
      group({ overdue: 1, poison: [{ id: '1-1', consumer: 'w', idleMs: 70_000, deliveries: 9 }] }),
      'fail',
      'poison-entries',
    ],
    [
      'an empty consumer that is silent for a day',
      group({ consumers: [consumer({ idleMs: 90_000_000 })] }),
      'warn',
      undefined,
    ],
    [
      'Redis 7.2: an empty consumer that got something today',
      group({ tellsAttempts: true, consumers: [consumer({ idleMs: 90_000_000, inactiveMs: 1000 })] }),
      'pass',
      undefined,
    ],
  ])('%s', (_, seen, verdict, cause) => {
    const result = judgeStream(view(seen), question, limits, 'en');
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    expect(judgeStream(view(seen), question, limits, 'ko').sentence).toMatch(/[가-힣].*[.]$/);
  });

  it('believes that a consumer works when a second look finds fewer entries in its hands', () => {
    const first = view(group({ consumers: [silent], unread: true, lag: 2 }));
    const second = view(group({ consumers: [{ ...silent, pending: 2 }], unread: true, lag: 2 }));
    expect(judgeStream(second, question, limits, 'en', second).cause).toBe('consumer-vanished');
    const result = judgeStream(second, question, limits, 'en', first);
    expect(result).toMatchObject({ verdict: 'pass', facts: { live_consumers: ['worker'] } });
  });

  it('judges a group in which every restart has left a consumer behind', () => {
    const consumers = Array.from({ length: 20_000 }, (_, index) =>
      consumer({ name: `billing-worker-7d9f-${index}`, pending: 1, idleMs: 90_000 }),
    );
    const look = () => view(group({ tellsAttempts: true, consumers: structuredClone(consumers) }));
    const before = look();
    const begin = performance.now();
    const result = judgeStream(look(), question, limits, 'en', before);
    expect(result).toMatchObject({ verdict: 'fail', cause: 'consumer-vanished' });
    expect(result.sentence).toContain('+19995');
    expect(result.evidence.rows.length).toBeLessThan(30);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('keeps the end of its sentence, whatever consumers are called', () => {
    const consumers = Array.from({ length: 9 }, (_, index) =>
      consumer({ name: `${index}-${'주문-처리-'.repeat(40)}`, pending: 1, idleMs: 90_000 }),
    );
    const result = judgeStream(view(group({ tellsAttempts: true, consumers })), question, limits, 'en');
    expect(result.sentence.length).toBeLessThan(600);
    expect(result.sentence).toMatch(/\+4 of group billing .* until they are claimed\.$/);
  });
});
