import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';
import { failover } from '../memory.ts';

test('lists what there is, starts one once, and shows its steps', async () => {
  const { memory, type, see, last, report } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'runbook', id)).toContain('`redis-sentinel` Redis with Sentinel');
  expect(await type('U0JUN', 'runbook start redis-sentinel', id)).toBe(
    'Runbook started: Redis with Sentinel',
  );
  expect(last(id)).toMatchObject({ type: 'RunbookStarted', rule: 'by-person' });
  expect(await type('U0JUN', 'runbook start redis-sentinel', id)).toContain('has started already');
  expect(await type('U0JUN', 'runbook start `nope`', id)).toContain('There is no runbook');
  expect(see(id).runs).toHaveLength(1);
  const finding = {
    sentence: 'Two of *three* are away',
    evidence: { columns: [], rows: [] },
    facts: {},
    startedAt: 0,
    ms: 1,
  };
  const step = { run: failover.run, step: 'quorum', attempt: 1 };
  await report(id, { type: 'RecordStep', ...step, report: { verdict: 'fail', ...finding } });
  const listed = await type('U0JUN', 'runbook list', id);
  expect(listed).toContain('`quorum` failed: Two of ∗three∗ are away');
  expect(listed).toContain('`failover` waiting');
  expect(await type('U0JUN', 'runbook run quorum', id)).toBe('`quorum` runs again.');
  expect(last(id)).toMatchObject({ type: 'StepRequested', step: 'quorum', attempt: 2 });
  expect(await type('U0JUN', 'runbook run quorum', id)).toContain('not finished yet');
  expect(await type('U0JUN', 'runbook run nope', id)).toContain('no step `nope`');
});

test.each(['runbook start', 'runbook dance'])('%s leaves something to ask for', async (text) => {
  const { memory, type } = tryVerbs();
  expect(await type('U0JUN', text, await memory.alerted('Orders: down'))).toBeUndefined();
});

test('cancels the runbook that runs, and asks which one where several do', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'runbook cancel', id)).toContain('anything left to cancel');
  await type('U0JUN', 'runbook start redis-sentinel', id);
  expect(await type('U0JUN', 'runbook cancel', id)).toContain('You cancelled Redis with Sentinel');
  expect(see(id).runs[0]!.steps.map(({ phase }) => phase.is)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
  expect(await type('U0JUN', 'runbook cancel redis-sentinel', id)).toContain('anything left to cancel');
});
