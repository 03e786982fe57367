import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { approvalMs } from '../../src/incident/decisions/approvals.ts';
import { changeStep, readStep, runbookOf } from './change.ts';
import { minute, person, play, receive, t0 } from './given.ts';

const runbook = runbookOf([readStep, changeStep]);
const at = { run: 'redis@1', step: 'failover' };
const by = person('jun');
const report = {
  verdict: 'pass' as const,
  sentence: 'ok',
  evidence: { columns: [], rows: [] },
  facts: {},
  startedAt: t0,
  ms: 5,
};

const start: Command[] = [
  receive(),
  { type: 'StartRunbook', at: t0, by: person('x'), runbook, rule: 'matched' },
];
const propose: Command = { type: 'ProposeStep', at: t0, by, ...at, hash: 'h1', preview: 'SENTINEL FAILOVER' };
const approve = (over: Partial<Extract<Command, { type: 'ApproveStep' }>> = {}): Command => ({
  type: 'ApproveStep',
  at: t0,
  by,
  ...at,
  hash: 'h1',
  glass: null,
  ...over,
});
const intend = (over: Partial<Extract<Command, { type: 'IntendStep' }>> = {}): Command => ({
  type: 'IntendStep',
  at: t0,
  by,
  ...at,
  attempt: 1,
  hash: 'h1',
  ...over,
});

describe('a step that changes something', () => {
  const proposed = play(...start, propose).state;
  const approved = play(...start, propose, approve()).state;

  const refusals: [string, Command, string][] = [
    ['by somebody without the role', approve({ by: person('stranger') }), 'not-permitted'],
    ['of something other than what was shown', approve({ hash: 'h2' }), 'approval-stale'],
    ['of a step that is not there', approve({ step: 'nope' }), 'no-such-step'],
  ];
  it.each(refusals)('refuses an approval %s', (_sentence, command, refused) => {
    expect(decide(command, proposed)).toMatchObject({ refused });
  });

  it('may be approved against the rules only with a reason, which is kept', () => {
    expect(decide(approve({ by: person('stranger'), glass: ' ' }), proposed)).toMatchObject({
      refused: 'not-permitted',
    });
    expect(decide(approve({ by: person('stranger'), glass: 'ops asleep' }), proposed)).toMatchObject([
      { glass: 'ops asleep' },
    ]);
  });

  it('cannot be approved by the person who asked for it', () => {
    const asked = play(
      ...start,
      propose,
      { type: 'DeclineStep', at: t0, by: person('minji'), ...at, reason: null },
      { type: 'RequestStep', at: t0, by, ...at },
      { ...propose, hash: 'h3' },
    ).state;
    expect(decide(approve({ hash: 'h3' }), asked)).toMatchObject({ refused: 'asker-cannot-approve' });
    expect(decide(approve({ hash: 'h3', glass: 'alone' }), asked)).toMatchObject([{ type: 'StepApproved' }]);
  });

  it('is good for fifteen minutes, and then must be approved again by someone other than who asked', () => {
    expect(decide(intend({ at: t0 + approvalMs }), approved)).toMatchObject({ refused: 'approval-stale' });
    const tick = {
      type: 'Tick',
      at: t0 + approvalMs,
      by,
      rules: { resolveAfterMs: null, takeIcAfterMs: minute },
    } as const;
    expect(decide(tick, approved)).toMatchObject([{ type: 'ApprovalExpired' }]);
  });

  it('is run by one worker only: the second finds the intent taken', () => {
    const intended = play(...start, propose, approve(), intend()).state;
    expect(decide(intend(), intended)).toMatchObject({ refused: 'step-not-open' });
  });

  it('does not run without an approval, nor after the incident is over', () => {
    expect(decide(intend(), proposed)).toMatchObject({ refused: 'step-not-open' });
    const over = play(...start, propose, approve(), {
      type: 'Resolve',
      at: t0,
      by,
      rule: 'person',
      reason: null,
    }).state;
    expect(decide(intend(), over)).toMatchObject({ refused: 'already-resolved' });
  });

  it('does not run once its approver has handed the role over', () => {
    const sora: Command = { type: 'AssignRole', at: t0, by: person('sora'), role: 'ops', person: 'sora' };
    const handed = play(...start, propose, approve(), sora).state;
    expect(decide(intend(), handed)).toMatchObject({ refused: 'not-permitted' });
  });

  it('is settled by a check or a person when nobody knows whether it ran, and never runs again by itself', () => {
    const unknown: Command = { type: 'RecordStepUnknown', at: t0, by, ...at, attempt: 1, why: 'killed' };
    const { state } = play(...start, propose, approve(), intend(), unknown);
    expect(decide(intend(), state)).toMatchObject({ refused: 'step-not-open' });
    const settle = { type: 'SettleStep', at: t0, by, ...at, note: null } as const;
    expect(decide({ ...settle, happened: true }, state)).toMatchObject([{ type: 'StepFinished' }]);
    expect(decide({ ...settle, happened: false }, state)).toMatchObject([
      { type: 'StepRequested', attempt: 2, asker: null },
    ]);
  });

  it('hears a report only of the attempt in hand, and only once', () => {
    const record = { type: 'RecordStep', at: t0, by, ...at, attempt: 1, report } as const;
    expect(decide(record, approved)).toEqual([]);
    const intended = play(...start, propose, approve(), intend()).state;
    expect(decide({ ...record, attempt: 2 }, intended)).toEqual([]);
    expect(decide(record, intended)).toMatchObject([{ type: 'StepFinished' }]);
    expect(decide(record, play(...start, propose, approve(), intend(), record).state)).toEqual([]);
  });
});
