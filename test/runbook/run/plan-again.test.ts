import { describe, expect, it } from 'vitest';
import { pickUpMs } from '../../../src/runbook/run/plan.ts';
import { change, check, finish, ids, intended, report } from './changing.ts';
import { createScene, pinned } from './scene.ts';

describe('planRunbook, when something is wanted again or after all', () => {
  it('proposes a skipped change once the look that it depends on was run again and calls for it', () => {
    const condition = 'steps.a.facts.stuck';
    const fix = pinned({ id: 'change', effect: 'change', uses: 'do', needs: ['a'], condition });
    const scene = createScene([pinned({ id: 'a' }), fix]);
    scene.settle();
    finish(scene, 'a', 'unknown', { stuck: false });
    scene.settle();
    expect(scene.phase('change')).toBe('skipped');
    expect(scene.plan().commands).toEqual([]);
    scene.send({ type: 'RequestStep', run: 'r@1', step: 'a' });
    scene.settle();
    finish(scene, 'a', 'fail', { stuck: true });
    scene.settle();
    expect(scene.phase('change')).toBe('proposed');
    expect(scene.plan().commands).toEqual([]);
  });

  it('checks again when the change is run again', () => {
    const scene = intended();
    finish(scene, 'change', 'pass');
    scene.clock.now += 1000;
    finish(scene, 'check', 'fail');
    expect(scene.settle()).toEqual([]);
    scene.clock.now += 1000;
    scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'change' });
    scene.settle();
    scene.approve('change');
    const { phase, attempt } = scene.step('change');
    const hash = phase.is === 'approved' ? phase.hash : '';
    scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt, hash });
    finish(scene, 'change', 'pass');
    expect(scene.settle()).toMatchObject([{ step: 'check', attempt: 2, recheck: 0 }]);
  });

  it('withdraws a proposal that nobody needs any more, and makes it again when what it rests on changes back', () => {
    const needed = { ...change, needs: ['a'], condition: 'steps.a.verdict == "fail"' };
    const scene = createScene([pinned({ id: 'a' }), needed, check]);
    finish(scene, 'a', 'fail');
    scene.settle();
    expect(scene.phase('change')).toBe('proposed');
    const again = (verdict: 'pass' | 'fail') => {
      const { attempt, phase } = scene.step('a');
      const report = phase.is === 'over' ? { ...phase.report, verdict } : null;
      scene.send({ type: 'RecheckStep', run: 'r@1', step: 'a', attempt, report: report! });
      scene.settle();
    };
    again('pass');
    expect(scene.phase('change')).toBe('skipped');
    again('fail');
    expect(scene.phase('change')).toBe('proposed');
  });

  it('gives a look at a location its time again when it is asked for again', () => {
    const scene = createScene([pinned({ id: 'far', location: 'office' })]);
    finish(scene, 'far', 'fail');
    scene.clock.now += 10 * pickUpMs;
    scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'far' });
    expect(scene.plan(['office'])).toMatchObject({ commands: [], jobs: [{ step: 'far', attempt: 2 }] });
  });

  it('leaves out a conditional look for want of time once, not for ever', () => {
    const conditional = pinned({ id: 'b', needs: ['a'], condition: 'steps.a.verdict == "fail"' });
    const scene = createScene([pinned({ id: 'a' }), conditional]);
    const long = { ...report(scene, 'fail'), ms: 120_000 };
    scene.send({ type: 'RecordStep', run: 'r@1', step: 'a', attempt: 1, report: long });
    expect(scene.settle()).toEqual([]);
    expect(scene.phase('b')).toBe('skipped');
  });

  it('checks a change by all parts of its check', () => {
    const parts = ['check/inside', 'check/outside'].map((id) => pinned({ id, needs: ['change'] }));
    const scene = createScene([change, ...parts]);
    scene.settle();
    scene.approve('change');
    const { phase } = scene.step('change');
    const hash = phase.is === 'approved' ? phase.hash : '';
    scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt: 1, hash });
    scene.send({ type: 'RecordStepUnknown', run: 'r@1', step: 'change', attempt: 1, why: 'lost' });
    expect(ids(scene.settle())).toEqual(['check/inside', 'check/outside']);
    finish(scene, 'check/inside', 'pass');
    scene.settle();
    expect(scene.phase('change')).toBe('unknown');
    finish(scene, 'check/outside', 'pass');
    scene.settle();
    expect(scene.phase('change')).toBe('over');
  });

  it('checks a change that is run again however often people looked at its check before', () => {
    const scene = intended();
    finish(scene, 'change', 'pass');
    const ask = (step: string) =>
      scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step });
    for (let times = 0; times < 3; times++) {
      finish(scene, 'check', 'fail');
      ask('check');
    }
    finish(scene, 'check', 'fail');
    scene.clock.now += 1000;
    ask('change');
    scene.settle();
    scene.approve('change');
    const { phase, attempt } = scene.step('change');
    const hash = phase.is === 'approved' ? phase.hash : '';
    scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt, hash });
    finish(scene, 'change', 'pass');
    expect(ids(scene.settle())).toEqual(['check']);
  });

  it('approves one attempt: a click on the proposal of an earlier one approves nothing', () => {
    const scene = intended();
    const { phase } = scene.step('change');
    const hash = phase.is === 'intended' ? phase.hash : '';
    finish(scene, 'change', 'fail');
    finish(scene, 'check', 'fail');
    scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'change' });
    scene.settle();
    expect(scene.phase('change')).toBe('proposed');
    const by = { kind: 'person', person: 'jun', via: 'slack' } as const;
    const late = { at: scene.clock.now, by, run: 'r@1', step: 'change', hash, glass: null };
    expect(scene.give({ type: 'ApproveStep', ...late })).toMatchObject({ refused: 'approval-stale' });
  });

  it('asks again when whoever approved may not any more', () => {
    const scene = createScene([change, check]);
    scene.settle();
    scene.approve('change');
    const { now } = scene.clock;
    const hana = { kind: 'person', person: 'hana', via: 'slack' } as const;
    scene.give({ type: 'AssignRole', at: now, by: hana, role: 'ops', person: 'hana' });
    expect(scene.settle()).toEqual([]);
    expect(scene.log.at(-1)).toMatchObject({ type: 'StepProposed', changed: ['approvers'] });
    expect(scene.phase('change')).toBe('proposed');
  });
});
