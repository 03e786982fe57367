import type { RunState, StepReport, StepState } from './steps.ts';

/** Why it hurts, as far as the evidence says: the step that found it, and the title of the change that is proposed for it. */
export type ProbableCause = {
  run: string;
  step: string;
  title: string;
  report: StepReport;
  proposed: string | null;
};

/** The part of a step that this needs, so that a run without an incident can ask too. */
type Told = Pick<StepState, 'id' | 'title' | 'phase'>;

/**
 * The first failed step, in the order of the runbooks, that names a cause. Steps that fail without naming one, or do not know,
 * never count: a wrong probable cause costs more trust than none.
 */
export function probableCause(
  runs: readonly (Pick<RunState, 'run'> & { steps: readonly Told[] })[],
): ProbableCause | null {
  for (const { run, steps } of runs) {
    for (const { id, title, phase } of steps) {
      if (phase.is !== 'over' || phase.report.verdict !== 'fail' || phase.report.cause === undefined)
        continue;
      const proposed = steps.find((step) => step.phase.is === 'proposed')?.title ?? null;
      return { run, step: id, title, report: phase.report, proposed };
    }
  }
  return null;
}
