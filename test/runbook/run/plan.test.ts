import { describe, expect, it } from 'vitest';
import { graceMs, pickUpMs } from '../../../src/runbook/run/plan.ts';
import { change, check, finish, ids, intended, report } from './changing.ts';
import { createScene, pinned } from './scene.ts';

describe('planRunbook', () => {
  it('queues all independent reads at once, and those that need them only afterwards', () => {
    const scene = createScene([
      pinned({ id: 'a' }),
      pinned({ id: 'b' }),
      pinned({ id: 'c', needs: ['a', 'b'] }),
    ]);
    expect(ids(scene.settle())).toEqual(['a', 'b']);
    finish(scene, 'a', 'pass');
    expect(ids(scene.settle())).toEqual(['b']);
    finish(scene, 'b', 'unknown');
    expect(ids(scene.settle())).toEqual(['c']);
  });

  it.each([
    ['steps.a.verdict == "fail"', 'fail', {}, 'queued'],
    ['steps.a.verdict == "fail"', 'pass', {}, 'Not needed here.'],
    ['steps.a.facts.count + 1 > 2', 'pass', { count: 2 }, 'queued'],
    ['steps.a.facts.missing', 'pass', {}, 'Its condition could not be decided: No such key: missing.'],
    ['steps.a.facts.missing', 'unknown', {}, 'It depends on a, which has found out nothing.'],
  ] as const)('condition %s after %s %j: %s', (condition, verdict, facts, expected) => {
    const scene = createScene([pinned({ id: 'a' }), pinned({ id: 'b', needs: ['a'], condition })]);
    finish(scene, 'a', verdict, facts);
    const jobs = scene.settle();
    const { phase } = scene.step('b');
    expect(phase.is === 'skipped' ? phase.why : ids(jobs).includes('b') && 'queued').toBe(expected);
  });

  it('proposes a change instead of running it, runs it once approved, and checks it afterwards', () => {
    const scene = createScene([change, check]);
    expect(scene.settle()).toEqual([]);
    expect(scene.phase('change')).toBe('proposed');
    scene.approve('change');
    expect(ids(scene.settle())).toEqual(['change']);
  });

  it('lets an approval lapse: nothing runs after its end', () => {
    const scene = createScene([change, check]);
    scene.settle();
    scene.approve('change');
    const { phase } = scene.step('change');
    const until = phase.is === 'approved' ? phase.until : 0;
    expect(scene.plan().wakeAt).toBe(until);
    scene.clock.now = until;
    expect(scene.plan().jobs).toEqual([]);
  });

  it('runs no approved change and proposes none once the incident is resolved', () => {
    const scene = createScene([change, check, pinned({ id: 'later' })]);
    scene.settle();
    scene.approve('change');
    scene.give({ type: 'Resolve', at: scene.clock.now, by: scene.minji, rule: 'person', reason: null });
    expect(scene.plan()).toMatchObject({ jobs: [], commands: [] });
  });

  it('skips the check of a change that nobody wanted', () => {
    const scene = createScene([change, check]);
    scene.settle();
    scene.give({
      type: 'DeclineStep',
      at: scene.clock.now,
      by: { kind: 'person', person: 'jun', via: 'slack' },
      run: 'r@1',
      step: 'change',
      reason: null,
    });
    scene.settle();
    expect(scene.phase('check')).toBe('skipped');
  });

  it('never proposes a change with a parameter that has no value, and says which', () => {
    const scene = createScene([{ ...change, input: { stream: `\${stream}` } }, check]);
    scene.settle();
    expect(scene.step('change').phase).toMatchObject({
      is: 'skipped',
      why: expect.stringContaining('stream'),
    });
  });

  it('never proposes what a channel cannot show whole', () => {
    const scene = createScene([{ ...change, preview: `DELETE ${'x'.repeat(3000)} everything` }, check]);
    scene.settle();
    expect(scene.step('change').phase).toMatchObject({
      is: 'skipped',
      why: expect.stringContaining('longer'),
    });
  });

  it('gives up a change whose worker died, once its time-out and the grace are over, and asks the check', () => {
    const scene = intended();
    const over = scene.clock.now + change.timeoutMs + graceMs;
    expect(scene.plan()).toEqual({ commands: [], jobs: [], wakeAt: over });
    scene.clock.now = over;
    const jobs = scene.settle();
    expect(scene.phase('change')).toBe('unknown');
    expect(ids(jobs)).toEqual(['check']);
  });

  it.each([
    ['pass', 'over'],
    ['warn', 'unknown'],
    ['fail', 'unknown'],
    ['unknown', 'unknown'],
  ] as const)('a check that says %s leaves an unknown change %s', (verdict, expected) => {
    const scene = intended();
    scene.send({ type: 'RecordStepUnknown', run: 'r@1', step: 'change', attempt: 1, why: 'lost' });
    scene.clock.now += 1000;
    finish(scene, 'check', verdict);
    expect(scene.settle()).toEqual([]);
    expect(scene.phase('change')).toBe(expected);
  });

  it('leaves looks out once the runbook has used up its time, but never one that verifies a change', () => {
    const scene = createScene([
      pinned({ id: 'a' }),
      pinned({ id: 'b', needs: ['a'] }),
      { ...change, needs: ['b'] },
      check,
    ]);
    const { attempt } = scene.step('a');
    scene.send({
      type: 'RecordStep',
      run: 'r@1',
      step: 'a',
      attempt,
      report: { ...report(scene, 'pass'), ms: 120_000 },
    });
    scene.settle();
    expect(scene.step('b').phase).toMatchObject({ is: 'skipped', why: expect.stringContaining('120 s') });
    scene.approve('change');
    const { phase } = scene.step('change');
    const hash = phase.is === 'approved' ? phase.hash : '';
    scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt: 1, hash });
    finish(scene, 'change', 'pass');
    expect(ids(scene.settle())).toEqual(['check']);
  });

  it('says unknown with the command to type where no worker runs, and waits only so long where one does', () => {
    const far = pinned({ id: 'views/outside', location: 'office' });
    const scene = createScene([far, pinned({ id: 'twin', location: 'office' })]);
    expect(ids(scene.plan(['office']).jobs)).toEqual(['views/outside', 'twin']);
    scene.clock.now += pickUpMs;
    expect(scene.plan(['office']).jobs).toEqual([]);
    scene.settle();
    expect(scene.step('views/outside').phase).toMatchObject({
      is: 'over',
      report: {
        verdict: 'unknown',
        sentence: expect.stringContaining('muster serve --only worker --location office'),
      },
    });
  });

  it('keeps a step for later back until its time, unless somebody asks for it', () => {
    const scene = createScene([pinned({ id: 'later', afterMs: 360_000 })]);
    expect(scene.plan()).toMatchObject({ jobs: [], wakeAt: scene.clock.now + 360_000 });
    scene.clock.now += 360_000;
    expect(ids(scene.plan().jobs)).toEqual(['later']);
  });

  it('hands a manual step to people and waits', () => {
    const scene = createScene([pinned({ id: 'm', effect: 'manual' })]);
    expect(scene.settle()).toEqual([]);
    expect(scene.phase('m')).toBe('running');
  });

  it('names a read again whose job was lost, and not before', () => {
    const scene = createScene([pinned({ id: 'a' })]);
    scene.send({ type: 'RecordStepStarted', run: 'r@1', step: 'a', attempt: 1 });
    expect(scene.plan().jobs).toEqual([]);
    scene.clock.now += 1000 + graceMs;
    expect(ids(scene.plan().jobs)).toEqual(['a']);
  });
});
