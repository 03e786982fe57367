import type { Language } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import type { Json, StepResult } from '../../step.ts';
import type { HttpExpectation } from '../../steps/http.ts';
import { httpMessages } from '../http/http-messages.ts';
import { judgeHttp } from '../http/judge-http.ts';
import { kubeMessages } from './kube-messages.ts';
import { proxiedMessages } from './proxied-messages.ts';
import type { ProxyAnswer } from './proxy-answer.ts';

/** One request through the proxy, and the milliseconds it took. */
export type ProxiedSample = { answer: ProxyAnswer | Failure; ms: number };

/**
 * Judges answers that came through the API server's proxy. Where the application answered, by the rules of the `http` step; where
 * the API server answered in its place, by what it says of the Service: only silence stays `unknown`, because the control
 * plane's network need not reach pods. `expected.url` is the Service's address as its clients in the cluster write it. Pure.
 */
export function judgeProxied(
  samples: readonly ProxiedSample[],
  expected: HttpExpectation,
  language: Language,
): StepResult {
  const say = proxiedMessages(language);
  const broken = samples.find(({ answer }) => answer instanceof Failure || answer.is !== 'answered');
  if (broken === undefined) {
    const answered = samples.flatMap(({ answer, ms }) =>
      answer instanceof Failure || answer.is !== 'answered'
        ? []
        : [{ outcome: { status: answer.status, text: answer.text, headers: {} }, ms }],
    );
    return judgeHttp(answered, expected, httpMessages(language));
  }
  const { answer, ms } = broken;
  const what = `${expected.method} ${expected.url}`;
  const facts: Record<string, Json> = { status: 0, slowest_ms: ms };
  if (answer instanceof Failure) {
    const sentence = kubeMessages(language).failure(answer);
    return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] }, facts };
  }
  const reason = answer.is === 'answered' ? '' : answer.reason;
  const evidence = { columns: say.columns, rows: [[what, `${ms} ms`, reason]] };
  if (answer.is === 'silent' || answer.is === 'answered' || answer.is === 'other') {
    return { verdict: 'unknown', sentence: say.silent(what, reason), evidence, facts };
  }
  return {
    verdict: 'fail',
    sentence: say.gone[answer.is](what),
    cause: say.causes[answer.is],
    evidence,
    facts,
  };
}
