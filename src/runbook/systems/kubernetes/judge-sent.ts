import type { Language, Verdict } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import type { StepResult } from '../../step.ts';
import type { ProxiedSample } from './judge-proxied.ts';
import { kubeMessages } from './kube-messages.ts';
import { proxiedMessages } from './proxied-messages.ts';

/**
 * Judges a request that was sent once, through the API server's proxy: `fail` where it certainly did not reach a pod or was answered
 * with another status, `unknown` where nobody knows whether it did. Pure.
 */
export function judgeSent(
  { answer, ms }: ProxiedSample,
  { what, status, within }: { what: string; status: readonly number[]; within: number },
  language: Language,
): StepResult {
  const say = proxiedMessages(language);
  const done = (verdict: Verdict, sentence: string, said: string): StepResult => ({
    verdict,
    sentence,
    evidence: { columns: say.columns, rows: [[what, `${ms} ms`, said]] },
  });
  if (answer instanceof Failure) {
    const reason = kubeMessages(language).failure(answer);
    // Of all Failures only these are the API server's own refusal.
    const refused = answer.code === 'kube-forbidden' || answer.code === 'kube-unauthorised';
    return refused ? notSent(what, reason, language) : done('unknown', say.unclear(what, reason), reason);
  }
  if (answer.is === 'closed' || answer.is === 'no-endpoint') return notSent(what, answer.reason, language);
  if (answer.is !== 'answered') return done('unknown', say.unclear(what, answer.reason), answer.reason);
  const said = String(answer.status);
  if (!status.includes(answer.status))
    return done('fail', say.wrongStatus(what, answer.status, status.join(', ')), said);
  return ms > within
    ? done('warn', say.late(what, ms, within), said)
    : done('pass', say.sent(what, answer.status, ms), said);
}

/** A request that certainly did nothing, and why. */
export const notSent = (what: string, reason: string, language: Language): StepResult => ({
  verdict: 'fail',
  sentence: proxiedMessages(language).notSent(what, reason),
  evidence: { columns: [], rows: [] },
});
