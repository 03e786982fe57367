import type { StepReport } from '../../../src/incident/steps.ts';
import type { Verdict } from '../../../src/incident/words.ts';
import { createScene, pinned } from './scene.ts';

/** A change of five seconds, with a check. */
export const change = pinned({ id: 'change', effect: 'change', uses: 'do', check: 'check', timeoutMs: 5000 });
/** The look that verifies it. */
export const check = pinned({ id: 'check', needs: ['change'] });

/** What a step says now. */
export const report = (scene: { clock: { now: number } }, verdict: Verdict, facts = {}): StepReport => ({
  verdict,
  sentence: `it is ${verdict}`,
  evidence: { columns: [], rows: [] },
  facts,
  startedAt: scene.clock.now,
  ms: 0,
});

type Scene = ReturnType<typeof createScene>;

/** Records that a step ended. */
export const finish = (scene: Scene, step: string, verdict: Verdict, facts = {}) =>
  scene.send({
    type: 'RecordStep',
    run: 'r@1',
    step,
    attempt: scene.step(step).attempt,
    report: report(scene, verdict, facts),
  });

/** The steps of jobs. */
export const ids = (jobs: { step: string }[]) => jobs.map(({ step }) => step);

/** A change that is under way: approved, and its intent recorded. */
export function intended(): Scene {
  const scene = createScene([change, check]);
  scene.settle();
  scene.approve('change');
  const { phase, attempt } = scene.step('change');
  const hash = phase.is === 'approved' ? phase.hash : '';
  scene.send({ type: 'IntendStep', run: 'r@1', step: 'change', attempt, hash });
  return scene;
}
