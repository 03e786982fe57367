import { describe, expect, it } from 'vitest';
import { runStepJob } from '../../../src/runbook/run/run-step-job.ts';
import type { StepJobCommand } from '../../../src/runbook/run/step-work.ts';
import { steps } from './look-and-do.ts';
import { createScene, pinned } from './scene.ts';

const change = pinned({ id: 'change', effect: 'change', uses: 'do', check: 'check' });
const check = pinned({ id: 'check', needs: ['change'] });

function approved() {
  const made = steps();
  const scene = createScene([change, check], made.catalogue);
  scene.settle();
  scene.approve('change');
  return { ...made, scene, job: scene.settle()[0]! };
}

describe('runStepJob', () => {
  it('plays a runbook to its end: read, approved change, check', async () => {
    const { scene, ran } = approved();
    await scene.work(scene.settle());
    await scene.work(scene.settle());
    expect(scene.settle()).toEqual([]);
    expect([scene.phase('change'), scene.phase('check')]).toEqual(['over', 'over']);
    expect(ran).toEqual({ look: 1, do: 1 });
    const kinds = scene.log.map(({ type }) => type);
    expect(kinds.indexOf('StepIntended')).toBeLessThan(kinds.lastIndexOf('StepFinished'));
  });

  it('runs a change once, however often its job comes', async () => {
    const { scene, ran, job } = approved();
    await Promise.all([runStepJob(job, scene.jobDeps), runStepJob(job, scene.jobDeps)]);
    await runStepJob(job, scene.jobDeps);
    expect(ran.do).toBe(1);
  });

  it('does not run a change again after a crash behind the record of intent, but reports it unknown', async () => {
    const { scene, ran, job } = approved();
    const { phase } = scene.step('change');
    const hash = phase.is === 'approved' ? phase.hash : '';
    scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt: 1, hash });
    await runStepJob(job, scene.jobDeps);
    expect(ran.do).toBe(0);
    expect(scene.phase('change')).toBe('unknown');
  });

  it('runs nothing whose hash is not the approved one', async () => {
    const { scene, ran, job } = approved();
    const state = scene.state();
    const forged = structuredClone(state);
    forged.runs[0]!.steps[0]!.input = { target: 'another' };
    await runStepJob(job, { ...scene.jobDeps, load: async () => forged });
    expect(ran.do).toBe(0);
    expect(scene.phase('change')).toBe('approved');
  });

  it('runs nothing once the incident is resolved', async () => {
    const { scene, ran, job } = approved();
    scene.give({ type: 'Resolve', at: scene.clock.now, by: scene.minji, rule: 'person', reason: null });
    await runStepJob(job, scene.jobDeps);
    expect(ran.do).toBe(0);
  });

  it('waits while another incident holds the target, and gives the lock back afterwards', async () => {
    const { scene, ran, job } = approved();
    const held = runStepJob(job, { ...scene.jobDeps, lock: async () => ({ heldBy: 'inc-7' }) });
    await expect(held).rejects.toMatchObject({ code: 'target-locked', retry: 'later' });
    expect(ran.do).toBe(0);
    let released = 0;
    const lock = async () => ({ release: async () => void released++ });
    await runStepJob(job, { ...scene.jobDeps, lock });
    expect([ran.do, released]).toEqual([1, 1]);
  });

  it('records a change that threw as unknown, never as failed', async () => {
    const { scene, behave, job } = approved();
    behave.do = async () => {
      throw new Error('socket closed');
    };
    await runStepJob(job, scene.jobDeps);
    expect(scene.step('change').phase).toMatchObject({
      is: 'unknown',
      why: expect.stringContaining('socket closed'),
    });
  });

  it('ignores a job of an attempt that is over', async () => {
    const { scene, ran } = approved();
    await scene.work(scene.settle());
    const [old] = scene.settle();
    await scene.work([old!]);
    const again = { at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'check' };
    scene.give({ type: 'RequestStep', ...again });
    await runStepJob(old!, scene.jobDeps);
    expect(ran.look).toBe(1);
  });

  it('puts a read back into the queue when the worker is stopped', async () => {
    const made = steps();
    const scene = createScene([pinned({ id: 'a' })], made.catalogue);
    const stop = AbortSignal.abort();
    await expect(runStepJob(scene.settle()[0]!, scene.jobDeps, stop)).rejects.toMatchObject({
      code: 'stopped',
      retryAfterMs: expect.any(Number),
    });
    expect(scene.phase('a')).toBe('running');
  });

  it('says once who holds the target', async () => {
    const { scene, job } = approved();
    const lock = async () => ({ heldBy: 'inc-7' });
    await runStepJob(job, { ...scene.jobDeps, lock }).catch(() => {});
    await runStepJob(job, { ...scene.jobDeps, lock }).catch(() => {});
    expect(scene.log.filter(({ type }) => type === 'StepHeldUp')).toMatchObject([{ holder: 'inc-7' }]);
  });

  // What a job does of a change, in this order; a worker may die before or after each.
  const boundaries = ['lock', 'IntendStep', 'run', 'RecordStep', 'release'];
  const moments = boundaries.flatMap((at) => [
    ['before', at],
    ['after', at],
  ]);
  it.each(moments)('killed %s %s, a change has run once or is handed to a person', async (when, at) => {
    const { scene, ran, behave, job } = approved();
    const dies = async <T>(name: string, work: () => T): Promise<Awaited<T>> => {
      if (name === at && when === 'before') throw new Error('killed');
      const done = await work();
      if (name === at) throw new Error('killed');
      return done;
    };
    const act = behave.do;
    // A dead worker records nothing: what it would still have said is lost too.
    let dead = false;
    behave.do = () =>
      dies('run', act).catch((error) => {
        dead = true;
        throw error;
      });
    const deps = {
      ...scene.jobDeps,
      send: async (id: number, command: StepJobCommand) => {
        if (dead) throw new Error('killed');
        return dies(command.type, () => scene.jobDeps.send(id, command));
      },
      lock: () => dies('lock', async () => ({ release: () => dies('release', async () => {}) })),
    };
    await runStepJob(job, deps).catch(() => {});
    behave.do = act;
    // The queue gives the job to another worker, as often as it likes.
    for (let again = 0; again < 2; again++) await runStepJob(job, scene.jobDeps).catch(() => {});
    expect(ran.do).toBeLessThanOrEqual(1);
    expect(['over', 'unknown']).toContain(scene.phase('change'));
    if (scene.phase('change') === 'over') expect(ran.do).toBe(1);
  });
});
