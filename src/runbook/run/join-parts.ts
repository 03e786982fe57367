import { type StepState, writtenId } from '../../incident/steps.ts';
import type { Verdict } from '../../incident/words.ts';

/** What conditions see of a step: the verdict of all its parts together, the cause it names (or ''), and their facts. */
export type JoinedStep = { verdict: Verdict | 'skipped'; cause?: string; facts: Record<string, unknown> };

const order = ['fail', 'unknown', 'warn', 'pass', 'skipped'] as const;

/**
 * The results so far by the id the author wrote. Of several parts the worst verdict counts (`unknown` is worse than `warn`: a
 * view nobody looked from is no good news) and the facts stand under each part's name.
 */
export function joinParts(steps: readonly StepState[]): Record<string, JoinedStep> {
  // A step may be called constructor.
  const joined: Record<string, JoinedStep> = Object.create(null);
  for (const step of steps) {
    const id = writtenId(step.id);
    const own = resultOf(step);
    if (!own) continue;
    const part = step.id.slice(id.length + 1);
    const before = joined[id];
    joined[id] = {
      verdict:
        before && order.indexOf(before.verdict) < order.indexOf(own.verdict) ? before.verdict : own.verdict,
      cause: before?.cause || own.cause || '',
      facts: part === '' ? own.facts : { ...before?.facts, [part]: own.facts },
    };
  }
  return joined;
}

function resultOf({ phase }: StepState): JoinedStep | undefined {
  if (phase.is === 'over') return phase.report;
  if (phase.is === 'unknown') return { verdict: 'unknown', facts: {} };
  if (phase.is === 'skipped' || phase.is === 'declined' || phase.is === 'cancelled')
    return { verdict: 'skipped', facts: {} };
  return undefined;
}
