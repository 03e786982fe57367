import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { approvalMs } from '../../src/incident/decisions/approvals.ts';
import type { StepState } from '../../src/incident/steps.ts';
import { changeStep, readStep, runbookOf } from './change.ts';
import { person, play, receive, t0 } from './given.ts';

const run = 'redis@1';
const at = { run, step: 'failover' };
const start = (count: 1 | 2 = 1): Command[] => [
  receive(),
  {
    type: 'StartRunbook',
    at: t0,
    by: person('x'),
    rule: 'matched',
    runbook: runbookOf([
      readStep,
      { ...changeStep, needs: ['quorum'], approvers: { roles: ['ops'], people: ['sora', 'hana'], count } },
    ]),
  },
];
const found = (verdict: 'fail' | 'pass', type: 'RecordStep' | 'RecheckStep' = 'RecordStep'): Command => ({
  type,
  at: t0,
  by: person('x'),
  run,
  step: 'quorum',
  attempt: 1,
  report: {
    verdict,
    sentence: verdict,
    evidence: { columns: [], rows: [] },
    facts: {},
    startedAt: t0,
    ms: 1,
  },
});
const propose = (hash = 'h1'): Command => ({
  type: 'ProposeStep',
  at: t0,
  by: person('x'),
  ...at,
  hash,
  preview: 'SENTINEL FAILOVER',
});
const approve = (who: string, more: { hash?: string; glass?: string; at?: number } = {}): Command => ({
  type: 'ApproveStep',
  at: t0,
  by: person(who),
  ...at,
  hash: 'h1',
  glass: null,
  ...more,
});
const intend: Command = { type: 'IntendStep', at: t0, by: person('x'), ...at, attempt: 1, hash: 'h1' };
const phaseOf = (state: ReturnType<typeof play>['state']): StepState['phase'] =>
  state!.runs[0]!.steps.find(({ id }) => id === 'failover')!.phase;

describe('two people', () => {
  it('are two different people, within fifteen minutes of each other', () => {
    const { state, events } = play(...start(2), found('fail'), propose(), approve('sora'));
    expect(events.at(-1)).toMatchObject({ type: 'StepSeconded' });
    expect(decide(intend, state)).toMatchObject({ refused: 'step-not-open' });
    expect(decide(approve('sora'), state)).toMatchObject({ refused: 'second-person-needed' });
    expect(decide(approve('hana'), state)).toMatchObject([{ type: 'StepApproved' }]);
    expect(decide(approve('hana', { at: t0 + approvalMs }), state)).toMatchObject([{ type: 'StepSeconded' }]);
  });

  it('must both still be permitted when it runs', () => {
    const both = play(...start(2), found('fail'), propose(), approve('sora'), approve('hana')).state;
    expect(phaseOf(both)).toMatchObject({ is: 'approved', by: ['sora', 'hana'] });
    expect(decide(intend, both)).toMatchObject([{ type: 'StepIntended' }]);
  });

  it('count only while both may: the first who lost the right has to be replaced', () => {
    const take: Command = { type: 'AssignRole', at: t0, by: person('hana'), role: 'ops', person: 'hana' };
    const { state } = play(...start(2), found('fail'), propose(), approve('jun'), take);
    expect(decide(approve('sora'), state)).toMatchObject([{ type: 'StepSeconded' }]);
  });

  it('cannot be replaced by a broken glass, before or after the first', () => {
    const glass = approve('stranger', { glass: 'nobody is awake' });
    const open = play(...start(2), found('fail'), propose()).state;
    const half = play(...start(2), found('fail'), propose(), approve('sora')).state;
    for (const state of [open, half])
      expect(decide(glass, state)).toMatchObject({ refused: 'glass-is-not-enough' });
  });
});

describe('an incident that changed since the proposal', () => {
  const shown = [...start(), found('fail'), propose()];
  const lower: Command = {
    type: 'ChangeSeverity',
    at: t0,
    by: person('minji'),
    to: 'P3',
    reason: 'few users',
    rule: 'person',
    treatments: {
      P1: { page: true, channel: true },
      P2: { page: true, channel: true },
      P3: { page: false, channel: true },
      P4: { page: false, channel: false },
    },
  };
  it.each([
    ['its severity', lower, ['severity']],
    ['what it rests on', found('pass', 'RecheckStep'), ['findings']],
  ] as const)(
    '%s: nobody approves what was shown before, and what was approved does not run',
    (_, change, what) => {
      const { state } = play(...shown, change as Command);
      expect(decide(approve('sora'), state)).toMatchObject({ refused: 'incident-changed' });
      const late = play(...shown, approve('sora'), change as Command).state;
      expect(decide(intend, late)).toMatchObject({ refused: 'incident-changed' });
      expect(decide(propose('h2'), late)).toMatchObject([{ type: 'StepProposed', changed: what }]);
      const again = play(...shown, approve('sora'), change as Command, propose('h2')).state;
      expect(decide(approve('sora'), again)).toMatchObject({ refused: 'approval-stale' });
      expect(decide(approve('sora', { hash: 'h2' }), again)).toMatchObject([{ type: 'StepApproved' }]);
    },
  );

  it('is proposed once for the same situation', () => {
    expect(decide(propose(), play(...shown).state)).toEqual([]);
  });

  it('is proposed anew when the looks found other facts, and the old approval is void', () => {
    const other = {
      ...propose('h2'),
      filled: [{ step: 'failover', input: { node: 'b' }, target: 'b', preview: 'on b' }],
    };
    const approved = play(...shown, approve('sora')).state;
    expect(decide(other as Command, approved)).toMatchObject([
      { type: 'StepProposed', changed: ['findings'] },
    ]);
    const { state } = play(...shown, approve('sora'), other as Command);
    const step = state!.runs[0]!.steps.find(({ id }) => id === 'failover')!;
    expect(step).toMatchObject({ input: { node: 'b' }, template: {}, target: 'b', preview: 'on b' });
    expect(decide(intend, state)).toMatchObject({ refused: 'step-not-open' });
  });

  it('needs new approvals once it was resolved and opened again', () => {
    const ended: Command[] = [
      { type: 'Resolve', at: t0, by: person('minji'), rule: 'person', reason: null },
      { type: 'Reopen', at: t0, by: person('minji'), rule: 'person', reason: null },
    ];
    const { state } = play(...shown, approve('sora'), ...ended);
    expect(decide(intend, state)).toMatchObject({ refused: 'step-not-open' });
    expect(decide(approve('sora'), state)).toMatchObject([{ type: 'StepApproved' }]);
    const half = play(...start(2), found('fail'), propose(), approve('sora'), ...ended).state;
    expect(decide(approve('hana'), half)).toMatchObject([{ type: 'StepSeconded' }]);
  });

  it('does not change by one more alert of the same kind', () => {
    const { state } = play(...shown, receive());
    expect(decide(approve('sora'), state)).toMatchObject([{ type: 'StepApproved' }]);
  });
});

describe('a target that another incident acts on', () => {
  const held: Command = { type: 'HoldUpStep', at: t0, by: person('x'), ...at, attempt: 1, holder: 'inc-7' };
  const approved = play(...start(), found('fail'), propose(), approve('sora'));
  it('is told once for each holder', () => {
    expect(decide(held, approved.state)).toMatchObject([{ type: 'StepHeldUp', holder: 'inc-7' }]);
    const waiting = play(...start(), found('fail'), propose(), approve('sora'), held).state;
    expect(decide(held, waiting)).toEqual([]);
    expect(decide({ ...held, holder: 'inc-8' }, waiting)).toHaveLength(1);
    expect(decide(intend, waiting)).toMatchObject([{ type: 'StepIntended' }]);
  });
});

describe('who asked for a change', () => {
  it('does not approve it alone by saying that it did not run', () => {
    const commands: Command[] = [
      { type: 'DeclineStep', at: t0, by: person('minji'), ...at, reason: null },
      { type: 'RequestStep', at: t0, by: person('sora'), ...at },
      propose('h2'),
      approve('jun', { hash: 'h2' }),
      { ...intend, attempt: 2, hash: 'h2' } as Command,
      { type: 'RecordStepUnknown', at: t0, by: person('x'), ...at, attempt: 2, why: 'lost' },
      { type: 'SettleStep', at: t0, by: person('sora'), ...at, happened: false, note: null },
      propose('h3'),
    ];
    const { state } = play(...start(), found('fail'), propose(), ...commands);
    expect(decide(approve('sora', { hash: 'h3' }), state)).toMatchObject({ refused: 'asker-cannot-approve' });
    expect(decide(approve('hana', { hash: 'h3' }), state)).toMatchObject([{ type: 'StepApproved' }]);
  });
});
