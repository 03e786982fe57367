import { type ProbableCause, probableCause } from '../../incident/probable-cause.ts';
import type { PinnedStep, StepReport, StepState } from '../../incident/steps.ts';
import type { Verdict } from '../../incident/words.ts';
import { parseCondition } from '../file/cel.ts';
import { type JoinedStep, joinParts } from './join-parts.ts';

/** A step of a run without an incident: its report, or why it was not run. */
export type Ran = { step: PinnedStep; report: StepReport | null; skipped: string | null };

/** What conditions see of the steps so far. */
export const joined = (ran: readonly Ran[]): Record<string, JoinedStep> => joinParts(ran.map(stateOf));

const stateOf = ({ step, report, skipped }: Ran): StepState => ({
  ...step,
  attempt: 1,
  requestedBy: null,
  requestedAt: 0,
  template: null,
  found: null,
  phase: report ? { is: 'over', report } : { is: 'skipped', why: skipped ?? '' },
});

/** Why a condition keeps a step from running; null when it may run. */
export function conditionOf(source: string, steps: Record<string, JoinedStep>): string | null {
  const condition = parseCondition(source);
  if ('error' in condition) return condition.error;
  const answer = condition.evaluate({ steps, labels: {} });
  if (typeof answer === 'object') return `Its condition could not be decided: ${answer.error}.`;
  return answer ? null : `Not needed: ${source}`;
}

const order: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/** The worst verdict of a run; `unknown` when nothing was done. */
export function worstOf(ran: readonly Ran[]): Verdict {
  const verdicts = ran.map(({ report }) => report?.verdict);
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

/** What the first failed step that is sure says of why it hurts. */
export const causeOf = (ran: readonly Ran[]): ProbableCause | null =>
  probableCause([{ run: '', steps: ran.map(stateOf) }]);
