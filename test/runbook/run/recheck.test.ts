import { expect, it } from 'vitest';
import { planRechecks } from '../../../src/runbook/run/recheck.ts';
import { createScene, pinned } from './scene.ts';

const minute = 60_000;

function scene(verdict: 'pass' | 'fail', steps = [pinned({ id: 'a' })]) {
  const made = createScene(steps);
  const evidence = { columns: [], rows: [] };
  const report = { verdict, sentence: 's', evidence, facts: {}, startedAt: made.clock.now, ms: 0 };
  made.send({ type: 'RecordStep', run: 'r@1', step: 'a', attempt: 1, report });
  const plan = (after: number, last: { at: number; times: number } | null = null) =>
    planRechecks({ id: 42, state: made.state() }, made.clock.now + after, () => last, new Set(['office']));
  return { ...made, plan };
}

it('looks again at what it found, every three minutes', () => {
  const { plan, clock } = scene('fail');
  expect(plan(2 * minute)).toEqual({ jobs: [], wakeAt: clock.now + 3 * minute });
  expect(plan(3 * minute).jobs).toMatchObject([{ step: 'a', attempt: 1, recheck: 1 }]);
  const last = { at: clock.now + 3 * minute, times: 1 };
  expect(plan(4 * minute, last)).toEqual({ jobs: [], wakeAt: clock.now + 6 * minute });
  expect(plan(6 * minute, last).jobs).toMatchObject([{ recheck: 2 }]);
});

it('does so more seldom as the incident grows old', () => {
  const { plan, clock } = scene('fail');
  const day = 24 * 60 * minute;
  const last = { at: clock.now + day, times: 100 };
  expect(plan(day + 70 * minute, last).jobs).toEqual([]);
  expect(plan(day + 80 * minute, last).jobs).toHaveLength(1);
});

it('queues nothing for a place where nobody works', () => {
  const { plan, clock } = scene('fail', [pinned({ id: 'a', location: 'cellar' })]);
  expect(plan(3 * minute)).toEqual({ jobs: [], wakeAt: clock.now + 6 * minute });
  expect(scene('fail', [pinned({ id: 'a', location: 'office' })]).plan(3 * minute).jobs).toHaveLength(1);
});

it('leaves alone what is well, what verifies a change, and what is over', () => {
  expect(scene('pass').plan(10 * minute)).toEqual({ jobs: [], wakeAt: null });
  const verifying = [pinned({ id: 'a' }), pinned({ id: 'change', effect: 'change', check: 'a' })];
  expect(scene('fail', verifying).plan(10 * minute).jobs).toEqual([]);
  const over = scene('fail');
  over.give({ type: 'Resolve', at: over.clock.now, by: over.minji, rule: 'person', reason: null });
  expect(over.plan(10 * minute).jobs).toEqual([]);
});
