import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../../src/incident/steps.ts';
import type { StepJob } from '../../../src/runbook/run/plan.ts';
import { runStepJob } from '../../../src/runbook/run/run-step-job.ts';
import type { SharedLooks, StepJobCommand } from '../../../src/runbook/run/step-work.ts';
import { defineStep } from '../../../src/runbook/step.ts';
import { result, steps } from './look-and-do.ts';
import { createScene, pinned } from './scene.ts';

describe('a look', () => {
  const looking = (step = {}) => {
    const made = steps();
    const scene = createScene([pinned({ id: 'a', ...step })], made.catalogue);
    const kept = new Map<string, StepReport>();
    const waiting: StepJob[] = [];
    const looks: SharedLooks = {
      share: async (name) => {
        const found = kept.get(name);
        return found ? { found } : 'leads';
      },
      finish: async (name, report) => {
        if (report) kept.set(name, report);
        return waiting;
      },
      admit: async () => ({ done: async () => {} }),
    };
    return { ...made, scene, waiting, deps: { ...scene.jobDeps, looks }, job: scene.settle()[0]! };
  };

  it('serves another incident that wants the same a moment later, but not a person who asks', async () => {
    const { scene, ran, deps, job } = looking();
    await runStepJob(job, deps);
    const other = createScene([pinned({ id: 'other-name' })], deps.catalogue);
    await runStepJob(other.settle()[0]!, { ...other.jobDeps, looks: deps.looks });
    expect(other.phase('other-name')).toBe('over');
    expect(ran.look).toBe(1);
    scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'a' });
    await runStepJob(scene.settle()[0]!, deps);
    expect(ran.look).toBe(2);
  });

  it('that others wait for is reported to them too; who waits does not look', async () => {
    const { scene, ran, waiting, deps, job } = looking();
    const other = createScene([pinned({ id: 'a' })], deps.catalogue);
    const waits = { ...deps.looks, share: async () => 'waits' as const };
    await runStepJob(job, { ...deps, looks: waits });
    expect([ran.look, scene.phase('a')]).toEqual([0, 'running']);
    waiting.push({ ...job, incident: 43 });
    const send = async (id: number, command: StepJobCommand) =>
      id === 43 ? other.send(command) : scene.jobDeps.send(id, command);
    await runStepJob(job, { ...deps, send });
    expect([ran.look, scene.phase('a'), other.phase('a')]).toEqual([1, 'over', 'over']);
  });

  it('waits outside when enough others look at the same target', async () => {
    const { scene, ran, deps, job } = looking();
    const looks = { ...deps.looks, admit: async () => ({ waitMs: 700 }) };
    await expect(runStepJob(job, { ...deps, looks })).rejects.toMatchObject({ retryAfterMs: 700 });
    expect([ran.look, scene.phase('a')]).toEqual([0, 'running']);
  });

  it('is repeated quietly: recorded only when it finds something else', async () => {
    const { scene, deps, job } = looking();
    await runStepJob(job, deps);
    const before = scene.log.length;
    const looks = { ...deps.looks, share: async () => 'leads' as const };
    await runStepJob({ ...job, recheck: 1 }, { ...deps, looks });
    expect(scene.log).toHaveLength(before);
    const found: StepReport = {
      verdict: 'fail',
      sentence: 's',
      evidence: { columns: [], rows: [] },
      facts: {},
      startedAt: 0,
      ms: 1,
    };
    await runStepJob(
      { ...job, recheck: 2 },
      { ...deps, looks: { ...looks, share: async () => ({ found }) } },
    );
    expect(scene.log.at(-1)).toMatchObject({
      type: 'StepRechecked',
      before: 'pass',
      report: { verdict: 'fail' },
    });
  });

  it('is stopped when its runbook is cancelled: what it would say is not heard, and who waited looks himself', async () => {
    const { scene, waiting, deps, job } = looking();
    waiting.push({ ...job, incident: 43 });
    const queued: StepJob[] = [];
    const queue = async (again: StepJob) => void queued.push(again);
    const slow = defineStep({
      ...deps.catalogue.get('look')!,
      run: (_input, { signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(result('fail')))),
      timeoutMs: 60_000,
    });
    const running = runStepJob(job, { ...deps, queue, catalogue: new Map([['look', slow]]) });
    await expect.poll(() => scene.phase('a')).toBe('running');
    scene.give({ type: 'CancelRunbook', at: scene.clock.now, by: scene.minji, run: 'r@1' });
    await expect(running).rejects.toMatchObject({ code: 'stopped' });
    expect(scene.step('a').phase).toEqual({ is: 'cancelled', by: 'minji' });
    expect(queued).toMatchObject([{ incident: 43, step: 'a' }]);
  });
});
