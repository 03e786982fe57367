import type { Evidence } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import type { StepContext, StepResult } from '../../step.ts';
import { changeMessages } from './change-messages.ts';
import type { Kube } from './kube.ts';
import { kubeMessages } from './kube-messages.ts';
import { type KubeTarget, lookAtKube } from './look-at-kube.ts';

/** After these nobody knows whether the API server acted. */
const unclear = ['kube-timeout', 'kube-connection-lost', 'kube-unavailable'];

/** How often a change looks again because the object changed between look and change. */
const attempts = 3;

/**
 * Makes one change: `attempt` looks, decides, and sends one request that carries the resource version it looked at. When the object
 * changed in between, nothing was done and it looks again. A Failure after which the change may have been made is `unknown`, for the
 * check or a person to decide; every other one is `fail`, nothing was changed.
 */
export function changeKube(
  target: KubeTarget,
  context: StepContext,
  attempt: (kube: Kube) => Promise<StepResult>,
): Promise<StepResult> {
  const say = changeMessages(context.language);
  let sent = false;
  const sending = <T>(work: Promise<T>): Promise<T> => {
    sent = true;
    return work;
  };
  return lookAtKube(
    target,
    context,
    async (kube) => {
      const watched: Kube = {
        ...kube,
        patch: (...request) => sending(kube.patch(...request)),
        create: (...request) => sending(kube.create(...request)),
      };
      for (let left = attempts; ; left--) {
        try {
          return await attempt(watched);
        } catch (error) {
          const changed = error instanceof Failure && error.code === 'kube-conflict';
          if (!changed || left === 1) throw error;
          sent = false;
        }
      }
    },
    (failure) => {
      const reason = kubeMessages(context.language).failure(failure);
      return sent && unclear.includes(failure.code)
        ? { ...bare, verdict: 'unknown', sentence: say.unclear(reason) }
        : { ...bare, verdict: 'fail', sentence: say.notSent(reason) };
    },
  );
}

const bare = { evidence: { columns: [], rows: [] } };

/** A change that was not made, and why; `warn` where there was nothing to do. */
export const notSent = (sentence: string, verdict: 'fail' | 'warn' = 'fail'): StepResult => ({
  ...bare,
  verdict,
  sentence,
});

/** A change that the API server accepted; the check says what came of it. */
export const accepted = (
  sentence: string,
  facts: NonNullable<StepResult['facts']>,
  evidence: Evidence = { columns: [], rows: [] },
): StepResult => ({ verdict: 'pass', sentence, evidence, facts });
