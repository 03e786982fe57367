import type { Failure } from '../../kit/failure.ts';
import type { Answer } from '../../kit/outbound.ts';
import type { StepResult } from '../step.ts';
import type { HttpExpectation } from '../steps/http.ts';
import type { HttpMessages } from './http-messages.ts';

/** One request: the answer, or the classified reason why there is none. */
export type HttpSample = { outcome: Answer | Failure; ms: number };

const isAnswer = (outcome: Answer | Failure): outcome is Answer => 'status' in outcome;

/** Turns samples into verdict, sentence, evidence and facts. The body itself is never echoed. Pure. */
export function judgeHttp(samples: HttpSample[], expected: HttpExpectation, say: HttpMessages): StepResult {
  const rows = samples.map(({ outcome, ms }, index) => [
    String(index + 1),
    isAnswer(outcome) ? String(outcome.status) : say.reasons(outcome.code),
    `${ms} ms`,
    isAnswer(outcome) ? (problemOf(outcome, expected, say) ?? say.asExpected) : (outcome.value ?? ''),
  ]);
  const times = samples.map(({ ms }) => ms);
  const statuses = samples.map(({ outcome }) => (isAnswer(outcome) ? outcome.status : 0));
  const facts = { status: statuses.at(-1) ?? 0, statuses, slowest_ms: Math.max(0, ...times) };
  const evidence = { columns: say.columns, rows };
  const shown = `${expected.method} ${withoutQuery(expected.url)}`;

  const broken = samples.find(({ outcome }) => !isAnswer(outcome));
  if (broken && !isAnswer(broken.outcome)) {
    const { code } = broken.outcome;
    // What we refuse to dial, or cannot understand, says nothing about the target.
    const verdict = code === 'address-blocked' || code === 'bad-address' ? 'unknown' : 'fail';
    return { verdict, sentence: say.noAnswer(shown, say.reasons(code)), evidence, facts };
  }
  const answers = samples.map(({ outcome }) => outcome as Answer);
  const problems = answers.flatMap((answer) => problemOf(answer, expected, say) ?? []);
  if (problems.length > 0) {
    const sentence = say.wrong(shown, problems.length, answers.length, problems[0]!);
    return { verdict: 'fail', sentence, evidence, facts };
  }
  if (facts.slowest_ms > expected.within) {
    return { verdict: 'warn', sentence: say.slow(shown, facts.slowest_ms, expected.within), evidence, facts };
  }
  return {
    verdict: 'pass',
    sentence: say.fine(shown, facts.status, facts.slowest_ms, answers.length),
    evidence,
    facts,
  };
}

function problemOf(
  { status, text }: Answer,
  expected: HttpExpectation,
  say: HttpMessages,
): string | undefined {
  if (!expected.status.includes(status)) return say.wrongStatus(status, expected.status.join(', '));
  if (expected.contains !== undefined && !text.includes(expected.contains))
    return say.textMissing(expected.contains);
  if (expected.json === undefined) return undefined;
  const { path, equals } = expected.json;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return say.notJson;
  }
  for (const key of path.split('.')) {
    const found = value !== null && typeof value === 'object' && Object.hasOwn(value, key);
    value = found ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (value === equals) return undefined;
  return say.wrongValue(path, JSON.stringify(equals), value === undefined ? say.absent : short(value));
}

const short = (value: unknown) => JSON.stringify(value).slice(0, 60);

/** Query strings carry tokens often enough. */
const withoutQuery = (url: string) => url.replace(/[?#].*$/s, '');
