import type { Verdict } from '../incident/words.ts';
import type { StepResult } from './step.ts';

/** One thing that was found; `cause` only where it is certain. */
export type Finding = { verdict: Verdict; sentence: string; cause?: string | undefined };

const worst: readonly Verdict[] = ['fail', 'unknown', 'warn'];

/**
 * What a step reports of its findings: the first one with the worst verdict, and its cause when that is `fail`; `healthy` when
 * nothing was found.
 */
export function leading(
  findings: readonly Finding[],
  healthy: string,
): Pick<StepResult, 'verdict' | 'sentence' | 'cause'> {
  const first = worst.flatMap((verdict) => findings.filter((one) => one.verdict === verdict))[0];
  if (first === undefined) return { verdict: 'pass', sentence: healthy };
  const { verdict, sentence, cause } = first;
  return { verdict, sentence, ...(verdict === 'fail' && cause !== undefined ? { cause } : {}) };
}
