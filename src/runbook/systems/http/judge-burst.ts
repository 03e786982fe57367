import type { Failure } from '../../../kit/failure.ts';
import type { StepResult } from '../../step.ts';
import { networkCause } from '../net/network-cause.ts';
import type { BurstInput, BurstView } from './burst.ts';
import type { BurstMessages } from './burst-messages.ts';
import { isAnswer, withoutQuery } from './probe.ts';
import { type Tally, tally } from './tally-burst.ts';

/** Turns a burst into verdict, sentence, evidence and facts: intended 4xx apart from other 4xx, and those from 5xx. Pure. */
export function judgeBurst(view: BurstView, input: BurstInput, say: BurstMessages): StepResult {
  const alone = tally(view.alone, input);
  const together = tally(view.together, input);
  const what = `${input.method} ${withoutQuery(input.url)}`;
  const evidence = evidenceOf(alone, together, input, say);
  const onlyTogether = bad(alone) === 0 && bad(together) > 0;
  const facts = {
    sent: alone.requests + together.requests,
    right: together.right,
    intended: together.intended,
    client_errors: together.client,
    server_errors: together.server,
    no_answer: together.silent,
    codes: Object.fromEntries(together.codes),
    only_concurrent: onlyTogether,
    p50_ms: together.p50,
    p95_ms: together.p95,
    p99_ms: together.p99,
    stopped_early: view.stopped,
  };
  const result = (verdict: StepResult['verdict'], sentence: string, cause?: string): StepResult => ({
    verdict,
    sentence,
    ...(cause === undefined ? {} : { cause }),
    evidence,
    facts,
  });

  if (alone.silent > 0) {
    const refused = view.alone.find(({ outcome }) => !isAnswer(outcome))!.outcome as Failure;
    const cause = networkCause(refused) ?? 'http-no-answer';
    // What we refuse to dial or cannot look up here says nothing about the target.
    if (refused.code === 'address-blocked' || cause === 'resolver-silent')
      return result('unknown', say.noAnswer(what));
    return result('fail', say.noAnswer(what), cause);
  }
  if (bad(alone) > 0)
    return result('fail', say.failsAlone(what, bad(alone), alone.requests, topCode(alone, say)), 'http-5xx');
  if (onlyTogether) {
    const failed = say.onlyTogether(
      what,
      bad(together),
      together.requests,
      input.users,
      topCode(together, say),
    );
    return result('fail', failed, 'fails-only-under-concurrency');
  }
  const wrong = alone.client + together.client + alone.other + together.other;
  if (wrong > 0) return result('warn', say.wrongRequest(what, wrong, topCode(together, say)));
  if (together.p95 > input.p95 || together.p99 > input.p99)
    return result('warn', say.slow(what, input.users, together.p95, input.p95, together.p99, input.p99));
  return result(
    'pass',
    say.fine(what, together.requests, input.users, together.p95, alone.intended + together.intended),
  );
}

const bad = ({ server, silent }: Tally) => server + silent;

function topCode({ codes }: Tally, say: BurstMessages): string {
  const [first] = [...codes].toSorted(([, a], [, b]) => b - a);
  return first === undefined ? '' : say.code(first[0], first[1]);
}

function evidenceOf(alone: Tally, together: Tally, input: BurstInput, say: BurstMessages) {
  const row = (name: string, value: (tally: Tally) => number | string): string[] => [
    name,
    String(value(alone)),
    String(value(together)),
  ];
  const codes = [...new Set([...alone.codes.keys(), ...together.codes.keys()])];
  return {
    columns: [say.what, say.alone, say.users(input.users)],
    rows: [
      row(say.requests, ({ requests }) => requests),
      row(say.right, ({ right }) => right),
      row(say.intended, ({ intended }) => intended),
      row(say.client, ({ client, other }) => client + other),
      row(say.server, ({ server }) => server),
      row(say.silent, ({ silent }) => silent),
      ...codes.map((name) => row(name, (tally) => tally.codes.get(name) ?? 0)),
      row('p50 / p95 / p99', ({ p50, p95, p99 }) => `${p50} / ${p95} / ${p99} ms`),
    ],
  };
}
