import type { Evidence, Verdict } from '../../../incident/words.ts';
import type { Json, StepResult } from '../../step.ts';

/** One thing a judge noticed; `cause` only where it is sure. */
export type Finding = { verdict: Verdict; sentence: string; cause?: string };

const worstFirst: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/** The result of a look: the worst verdict, said by the first finding that has it, so that findings go from root to symptom. */
export function resultOf(
  findings: readonly Finding[],
  rest: { evidence: Evidence; facts: Record<string, Json> },
): StepResult {
  const ranked = worstFirst.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict));
  const [worst = { verdict: 'unknown' as const, sentence: '' }] = ranked;
  return { ...worst, ...rest };
}
