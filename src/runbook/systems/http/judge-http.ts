import type { Failure } from '../../../kit/failure.ts';
import type { Answer } from '../../../kit/outbound.ts';
import type { StepResult } from '../../step.ts';
import type { HttpExpectation } from '../../steps/http.ts';
import { networkCause } from '../net/network-cause.ts';
import type { HttpMessages } from './http-messages.ts';
import { selectJson } from './json-path.ts';
import { type HttpSample, isAnswer, withoutQuery } from './probe.ts';

type Problem = { text: string; cause: string | undefined };

/** Turns samples into verdict, sentence, evidence and facts. The body itself is never echoed. Pure. */
export function judgeHttp(samples: HttpSample[], expected: HttpExpectation, say: HttpMessages): StepResult {
  const rows = samples.map(({ outcome, ms }, index) => [
    String(index + 1),
    isAnswer(outcome) ? String(outcome.status) : say.reasons(outcome.code),
    `${ms} ms`,
    isAnswer(outcome) ? (problemOf(outcome, expected, say)?.text ?? say.asExpected) : (outcome.value ?? ''),
  ]);
  const times = samples.map(({ ms }) => ms);
  const statuses = samples.map(({ outcome }) => (isAnswer(outcome) ? outcome.status : 0));
  const facts = { status: statuses.at(-1) ?? 0, statuses, slowest_ms: Math.max(0, ...times) };
  const evidence = { columns: say.columns, rows };
  const shown = `${expected.method} ${withoutQuery(expected.url)}`;

  const broken = samples.map(({ outcome }) => outcome).find((outcome) => !isAnswer(outcome));
  if (broken && !isAnswer(broken)) return { ...noAnswer(broken, shown, say), evidence, facts };
  const answers = samples.map(({ outcome }) => outcome as Answer);
  const problems = answers.flatMap((answer) => problemOf(answer, expected, say) ?? []);
  if (problems.length > 0) {
    // A server error says more about the server than a body that is not as expected.
    const worst = problems.find(({ cause }) => cause === 'http-5xx') ?? problems[0]!;
    const sentence = say.wrong(shown, problems.length, answers.length, worst.text);
    const cause = worst.cause;
    return { verdict: 'fail', sentence, ...(cause !== undefined && { cause }), evidence, facts };
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

function noAnswer(broken: Failure, shown: string, say: HttpMessages) {
  const { code } = broken;
  const cause = networkCause(broken) ?? (code === 'timeout' ? 'http-timeout' : undefined);
  const sentence = say.noAnswer(shown, say.reasons(networkCause(broken) ?? code));
  // What we refuse to dial, cannot understand or cannot look up here says nothing about the target.
  if (code === 'address-blocked' || code === 'bad-address' || cause === 'resolver-silent')
    return { verdict: 'unknown' as const, sentence };
  return { verdict: 'fail' as const, sentence, ...(cause !== undefined && { cause }) };
}

function problemOf(
  { status, text }: Answer,
  expected: HttpExpectation,
  say: HttpMessages,
): Problem | undefined {
  if (!expected.status.includes(status)) {
    // Any other status may as well be the probe's own mistake: its path, its login, too many requests.
    const cause = status >= 500 ? 'http-5xx' : undefined;
    return { text: say.wrongStatus(status, expected.status.join(', ')), cause };
  }
  const body = bodyProblem(text, expected, say);
  return body === undefined ? undefined : { text: body, cause: 'http-body-wrong' };
}

function bodyProblem(text: string, { contains, json }: HttpExpectation, say: HttpMessages) {
  if (contains !== undefined && !text.includes(contains)) return say.textMissing(contains);
  if (json === undefined) return undefined;
  const found = selectJson(text, json.path);
  if (found === 'no-json') return say.notJson;
  const wanted = JSON.stringify(json.equals);
  if (found.length === 0) return say.wrongValue(json.path, wanted, say.absent);
  const other = found.find((value) => value !== json.equals);
  return other === undefined ? undefined : say.wrongValue(json.path, wanted, short(other));
}

const short = (value: unknown) => JSON.stringify(value).slice(0, 60);
