import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

const report = JSON.stringify({
  muster_report: 1,
  runbook: 'redis-sentinel@abcdef',
  place: 'office',
  at: '2026-11-21T10:00:00Z',
  verdict: 'fail',
  steps: [
    {
      id: 'quorum',
      title: 'Quorum',
      verdict: 'fail',
      sentence: 'Two of *three* are away.',
      evidence: { columns: [], rows: [] },
      ms: 5,
    },
  ],
});

test('takes in a report once, and says what is wrong with what is none', async () => {
  const { memory, type, see, last } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', `evidence ${report}`, id)).toBe('Taken in: redis-sentinel@abcdef, failed.');
  expect(last(id)).toMatchObject({ type: 'EvidenceAdded', exhibit: { kind: 'report', verdict: 'fail' } });
  expect(await type('U0JUN', `evidence ${report}`, id)).toContain('has that evidence already');
  expect(see(id).exhibits).toHaveLength(1);
  expect(await type('U0JUN', 'evidence <b>', id)).toContain('There is no report in this text');
  expect(await type('U0JUN', 'evidence', id)).toBeUndefined();
});
