import { expect, it } from 'vitest';
import type { GroupSeen } from '../../../../src/runbook/systems/kafka/group-view.ts';
import { judgeLag } from '../../../../src/runbook/systems/kafka/judge-lag.ts';

it('judges a group of thousands of partitions and hundreds of members at once', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...{ topic: 'orders', partition: index, leader: 1 },
    ...{ committed: 0, start: 0, end: 500 },
  }));
  const members = Array.from({ length: 200 }, (_, index) => ({
    clientId: `worker-${index}`,
    host: '10.0.0.9',
    partitions: many.slice(index * 50, index * 50 + 50).map((one) => `${one.topic}-${one.partition}`),
  }));
  const look = (at: number): GroupSeen => ({
    ...{ state: 'Stable', unread: [], members },
    ...{ at, partitions: structuredClone(many) },
  });
  const [before, after] = [look(0), look(6000)];
  const begin = performance.now();
  const limits = { group: 'billing', maxLag: 100 };
  const result = judgeLag({ state: 'seen', seen: after }, before, limits, 'en');
  expect(result).toMatchObject({ verdict: 'fail', cause: 'kafka-consumer-stuck' });
  expect(result.evidence.rows[0]).toContain('worker-0 (10.0.0.9)');
  expect(performance.now() - begin).toBeLessThan(1000);
});
