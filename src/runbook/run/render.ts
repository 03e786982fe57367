import { createHash } from 'node:crypto';
import type { Scene } from '../../incident/scene.ts';
import type { PinnedStep, StepState } from '../../incident/steps.ts';

/**
 * The fingerprint of exactly one action: this attempt of this step with this input on this target for this incident in this
 * situation. An approval is for a hash, so it cannot be used for anything else, and anything that changed needs a new one.
 */
export function actionHash(
  incident: number,
  run: string,
  step: Pick<StepState, 'id' | 'attempt' | 'uses' | 'input' | 'target' | 'preview'>,
  scene: Scene,
): string {
  const { id, attempt, uses, input, target, preview } = step;
  const action = canonical({ incident, run, id, attempt, uses, input, target, preview, scene });
  return createHash('sha256').update(action).digest('hex').slice(0, 32);
}

/** The id of a step's job: the same for the same attempt, so adding it twice is harmless. Contains no `:` (BullMQ's rule). */
export function stepJobId(job: {
  incident: number;
  run: string;
  step: string;
  attempt: number;
  recheck: number;
}): string {
  const again = job.recheck === 0 ? '' : `-again-${job.recheck}`;
  return `step-${job.incident}-${job.run}-${job.step.replace('/', '.')}-${job.attempt}${again}`;
}

/** The name of a look: equal for equal looks from the same place, so that one finding can serve several incidents. */
export function lookName(
  { uses, input, location }: Pick<PinnedStep, 'uses' | 'input' | 'location'>,
  language: string,
): string {
  return createHash('sha256')
    .update(canonical({ uses, input, location, language }))
    .digest('hex')
    .slice(0, 32);
}

/** JSON with sorted keys, so that equal actions have equal texts however they were built. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
