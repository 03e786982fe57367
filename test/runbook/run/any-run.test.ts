import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Verdict } from '../../../src/incident/words.ts';
import { graceMs } from '../../../src/runbook/run/plan.ts';
import { createScene, pinned } from './scene.ts';

/** Every kind of step that may wait for another: conditional, at a location, split, changes with one check and with parts. */
const steps = [
  pinned({ id: 'a' }),
  pinned({ id: 'far', location: 'office', needs: ['a'] }),
  pinned({ id: 'deep', needs: ['a'], condition: 'steps.a.verdict == "fail"' }),
  pinned({ id: 'fix', effect: 'change', needs: ['a'], condition: 'steps.a.facts.stuck', check: 'fix-check' }),
  pinned({ id: 'fix-check', needs: ['fix'] }),
  pinned({ id: 'undo', effect: 'change', needs: ['deep', 'fix-check'], check: 'views' }),
  pinned({ id: 'views/in', needs: ['undo'] }),
  pinned({ id: 'views/out', needs: ['undo'], location: 'office' }),
  pinned({ id: 'ask', effect: 'manual', needs: ['deep'], condition: 'steps.deep.verdict != "pass"' }),
];

/** The phases in which a deed can matter; others are tried too, but seldom. */
const fits: Record<string, readonly string[]> = {
  finish: ['waiting', 'running', 'intended'],
  recheck: ['over'],
  request: ['over', 'skipped', 'declined', 'cancelled'],
  approve: ['proposed'],
  intend: ['approved'],
  lost: ['intended'],
  settle: ['unknown'],
  decline: ['proposed', 'approved'],
  answer: ['running'],
};

const deed = fc.record({
  what: fc.constantFrom(
    ...([
      'finish',
      'finish',
      'finish',
      'recheck',
      'request',
      'approve',
      'approve',
      'intend',
      'intend',
    ] as const),
    ...(['lost', 'settle', 'decline', 'cancel', 'resolve', 'reopen', 'answer', 'tick', 'take'] as const),
  ),
  pick: fc.nat(99),
  verdict: fc.constantFrom<Verdict>('pass', 'warn', 'fail', 'unknown'),
  yes: fc.boolean(),
  ms: fc.constantFrom(0, 10, 200_000),
  later: fc.constantFrom(-500, 0, 1000, 70_000, graceMs * 60),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

function act(scene: ReturnType<typeof createScene>, { what, pick, verdict, yes, ms, later }: Deed): void {
  scene.clock.now += Math.max(0, later);
  const at = scene.clock.now;
  const by = { kind: 'person', person: yes ? 'jun' : 'minji', via: 'slack' } as const;
  const all = scene.state().runs[0]!.steps;
  const fitting = all.filter(({ phase }) => fits[what]?.includes(phase.is));
  const among = fitting.length > 0 && pick < 90 ? fitting : all;
  const queued = scene.plan(['office']).jobs.map((job) => job.step);
  const step = among[pick % among.length]!;
  const { id } = step;
  const named = { run: 'r@1', step: id };
  const { attempt } = step;
  // The clock of a worker may be behind ours.
  const report = {
    ...{ verdict, sentence: 's', evidence: { columns: [], rows: [] }, ms },
    ...{ facts: { stuck: yes }, startedAt: at + Math.min(0, later) },
  };
  const hash = 'hash' in step.phase ? step.phase.hash : '';
  // Nobody reports a look that was never queued.
  if (what === 'finish' && step.phase.is === 'waiting' && !queued.includes(id)) return;
  if (what === 'finish') scene.send({ type: 'RecordStep', ...named, attempt, report });
  else if (what === 'recheck') scene.send({ type: 'RecheckStep', ...named, attempt, report });
  else if (what === 'intend') scene.send({ type: 'IntendStep', ...named, attempt, hash });
  else if (what === 'lost') scene.send({ type: 'RecordStepUnknown', ...named, attempt, why: 'lost' });
  else if (what === 'request') scene.give({ type: 'RequestStep', at, by, ...named });
  else if (what === 'approve')
    scene.give({ type: 'ApproveStep', at, by, ...named, hash, glass: yes ? 'now' : null });
  else if (what === 'settle') scene.give({ type: 'SettleStep', at, by, ...named, happened: yes, note: null });
  else if (what === 'decline') scene.give({ type: 'DeclineStep', at, by, ...named, reason: null });
  else if (what === 'cancel') scene.give({ type: 'CancelRunbook', at, by, run: 'r@1' });
  else if (what === 'resolve') scene.give({ type: 'Resolve', at, by, rule: 'person', reason: null });
  else if (what === 'reopen') scene.give({ type: 'Reopen', at, by, rule: 'person', reason: null });
  else if (what === 'take') scene.give({ type: 'AssignRole', at, by, role: 'ops', person: by.person });
  else if (what === 'answer')
    scene.give({ type: 'AnswerManual', at, by, ...named, answer: { done: yes, note: null } });
  else scene.give({ type: 'Tick', at, by, rules: { takeIcAfterMs: 60_000, resolveAfterMs: null } });
}

it('settles whatever happens: the plan never asks for the same again and again', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60, size: 'max' }), fc.boolean(), (deeds, staffed) => {
      const scene = createScene(steps);
      const settle = () => scene.settle(staffed ? ['office'] : []);
      settle();
      for (const one of deeds) {
        act(scene, one);
        settle();
      }
    }),
    { numRuns: 300 },
  );
});

it('runs a change once for each approval, and never for one that something came between', () => {
  const ends = ['StepIntended', 'StepProposed', 'StepDeclined', 'StepRequested', 'ApprovalExpired'];
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60, size: 'max' }), (deeds) => {
      const scene = createScene(steps);
      for (const one of deeds) {
        scene.settle(['office']);
        act(scene, one);
      }
      const approved = new Set<string>();
      for (const event of scene.log) {
        if (event.type === 'StepIntended') expect(approved.has(event.step), event.step).toBe(true);
        if (['Resolved', 'RunbookCancelled'].includes(event.type)) approved.clear();
        if (event.type === 'StepApproved') approved.add(event.step);
        else if (ends.includes(event.type) && 'step' in event) approved.delete(event.step);
      }
    }),
    { numRuns: 300 },
  );
});

it('leaves no change that ran without its check once everybody has done their part', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60, size: 'max' }), (deeds) => {
      const scene = createScene(steps);
      for (const one of deeds) {
        scene.settle(['office']);
        act(scene, one);
      }
      // Whatever is queued now is done, until nothing is left to do.
      for (let rounds = 0; rounds < 60; rounds++) {
        const jobs = scene.settle(['office']).filter(({ step }) => scene.step(step).effect === 'read');
        if (jobs.length === 0) break;
        for (const { step, attempt } of jobs) {
          const report = { verdict: 'pass' as const, sentence: 's', evidence: { columns: [], rows: [] } };
          const done = { ...report, facts: { stuck: false }, startedAt: scene.clock.now, ms: 0 };
          scene.send({ type: 'RecordStep', run: 'r@1', step, attempt, report: done });
        }
      }
      for (const [change, check] of [
        ['fix', 'fix-check'],
        ['undo', 'views/in'],
        ['undo', 'views/out'],
      ] as const) {
        if (scene.phase(change) !== 'over') continue;
        const last = (type: string, step: string) =>
          scene.log.findLastIndex((event) => event.type === type && 'step' in event && event.step === step);
        if (last('StepIntended', change) < 0) continue;
        expect(last('StepFinished', check), check).toBeGreaterThan(last('StepIntended', change));
      }
    }),
    { numRuns: 300 },
  );
});
