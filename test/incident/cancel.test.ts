import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { changeStep, readStep, runbookOf } from './change.ts';
import { person, play, receive, t0 } from './given.ts';

const run = 'redis@1';
const by = person('jun');
const runbook = runbookOf([
  readStep,
  { ...changeStep, check: 'check' },
  { ...readStep, id: 'check', needs: ['failover'] },
]);
const start: Command[] = [receive(), { type: 'StartRunbook', at: t0, by, runbook, rule: 'matched' }];
const change = { run, step: 'failover', hash: 'h1' };
const approved: Command[] = [
  { type: 'ProposeStep', at: t0, by, ...change, preview: 'x' },
  { type: 'ApproveStep', at: t0, by, ...change, glass: null },
];
const intend: Command = { type: 'IntendStep', at: t0, by, ...change, attempt: 1 };
const cancel: Command = { type: 'CancelRunbook', at: t0, by, run };
const phases = (...commands: Command[]) =>
  play(...start, ...commands).state!.runs[0]!.steps.map(({ phase }) => phase.is);

it('ends everything that did not begin, approved or not', () => {
  expect(phases(...approved, cancel)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(decide(intend, play(...start, ...approved, cancel).state)).toMatchObject({
    refused: 'step-not-open',
  });
});

it('lets a change that runs end, and its check follow', () => {
  expect(phases(...approved, intend, cancel)).toEqual(['cancelled', 'intended', 'waiting']);
});

it('lets the check follow of a change that has just run', () => {
  const report = { sentence: 's', evidence: { columns: [], rows: [] }, facts: {}, startedAt: t0, ms: 1 };
  const done = { type: 'RecordStep', at: t0, by, run, step: 'failover', attempt: 1 } as const;
  expect(phases(...approved, intend, { ...done, report: { ...report, verdict: 'pass' } }, cancel)).toEqual([
    'cancelled',
    'over',
    'waiting',
  ]);
});

it('says when there is nothing to cancel', () => {
  expect(decide(cancel, play(...start, cancel).state)).toEqual([]);
  expect(decide({ ...cancel, run: 'nope' }, play(...start).state)).toMatchObject({ refused: 'no-such-run' });
});

it('can be started again step by step', () => {
  const again: Command = { type: 'RequestStep', at: t0, by, run, step: 'quorum' };
  expect(phases(cancel, again)).toEqual(['waiting', 'cancelled', 'cancelled']);
});

it('ends the repeating of looks too, and is not said twice', () => {
  const report = { sentence: 's', evidence: { columns: [], rows: [] }, facts: {}, startedAt: t0, ms: 1 };
  const found: Command[] = ['quorum', 'check'].map((step) => ({
    ...{ type: 'RecordStep', at: t0, by, run, step, attempt: 1 },
    report: { ...report, verdict: 'fail' },
  }));
  const decline: Command[] = [approved[0]!, { type: 'DeclineStep', at: t0, by, ...change, reason: null }];
  const over = play(...start, ...decline, ...found);
  expect(decide(cancel, over.state)).toMatchObject([{ type: 'RunbookCancelled' }]);
  const { state } = play(...start, ...decline, ...found, cancel);
  expect(state!.runs[0]!.recheckMs).toBeNull();
  expect(decide(cancel, state)).toEqual([]);
});

it('leaves no change without its check when that change is asked for again', () => {
  const again: Command = { type: 'RequestStep', at: t0, by, run, step: 'failover' };
  expect(phases(cancel, again)).toEqual(['cancelled', 'waiting', 'waiting']);
});

it('cannot be asked for a step that nobody would run any more', () => {
  const resolve: Command = { type: 'Resolve', at: t0, by, rule: 'person', reason: null };
  const { state } = play(...start, cancel, resolve);
  const ask = (step: string) => decide({ type: 'RequestStep', at: t0, by, run, step }, state);
  expect(ask('quorum')).toMatchObject({ refused: 'already-resolved' });
  expect(ask('check')).toMatchObject([{ type: 'StepRequested' }]);
});
