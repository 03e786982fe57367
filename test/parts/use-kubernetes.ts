import { afterAll, beforeAll } from 'vitest';
import type { Json, Step } from '../../src/runbook/step.ts';
import { type KubeletFront, startKubeletFront } from './kubelet-front.ts';
import { type Account, type KubernetesPart, startKubernetes, tokenOf } from './kubernetes.ts';
import { runForReal } from './run.ts';

/**
 * Starts an API server and its front before a file's tests and stops both after them. `run` runs a step through the front as an
 * account, with the connection filled in.
 */
export function useKubernetes() {
  let part: KubernetesPart | undefined;
  let front: KubeletFront | undefined;
  beforeAll(async () => {
    part = await startKubernetes();
    front = await startKubeletFront(part);
  }, 90_000);
  afterAll(async () => {
    await front?.stop();
    await part?.stop();
  }, 30_000);
  return {
    get part() {
      return part!;
    },
    get front() {
      return front!;
    },
    run: (step: Step, account: Account, input: Record<string, Json>, language: 'en' | 'ko' = 'en') =>
      runForReal(step, { cluster: front!.cluster, ...input }, { secrets: tokenOf(account), language }),
  };
}
