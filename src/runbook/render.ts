import { createHash } from 'node:crypto';
import type { PinnedStep } from '../incident/steps.ts';

/**
 * The fingerprint of exactly one action: this step with this input on this target for this incident. An approval is for a hash,
 * so it cannot be used for anything else, and anything that changed needs a new one.
 */
export function actionHash(
  incident: number,
  run: string,
  step: Pick<PinnedStep, 'id' | 'uses' | 'input' | 'target' | 'preview'>,
): string {
  const { id, uses, input, target, preview } = step;
  const action = canonical({ incident, run, id, uses, input, target, preview });
  return createHash('sha256').update(action).digest('hex').slice(0, 32);
}

/** The id of a step's job: the same for the same attempt, so adding it twice is harmless. Contains no `:` (BullMQ's rule). */
export function stepJobId(job: { incident: number; run: string; step: string; attempt: number }): string {
  return `step-${job.incident}-${job.run}-${job.step.replace('/', '.')}-${job.attempt}`;
}

/** JSON with sorted keys, so that equal actions have equal texts however they were built. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
