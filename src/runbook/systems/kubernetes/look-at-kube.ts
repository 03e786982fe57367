import { Failure } from '../../../kit/failure.ts';
import type { StepContext, StepResult } from '../../step.ts';
import { connectKube, type Kube } from './kube.ts';
import type { KubeCluster } from './kube-input.ts';
import { kubeMessages } from './kube-messages.ts';

/** Who a step asks: the shared part of every Kubernetes input (see `KubeInput`). */
export type KubeTarget = { cluster: KubeCluster; namespace: string; patience: number };

/**
 * Runs a step's work on a connection of its own and closes it whatever happens. A Failure becomes the verdict `unknown` that says
 * in the channel's language what is missing (the grant by verb and resource) or how the API server could not be reached.
 */
export async function lookAtKube(
  { cluster, patience }: KubeTarget,
  { signal, secret, language }: StepContext,
  work: (kube: Kube) => Promise<StepResult>,
  failed: (failure: Failure) => StepResult = (failure) => ({
    verdict: 'unknown',
    sentence: kubeMessages(language).failure(failure),
    evidence: { columns: [], rows: [] },
    facts: { failure: failure.code },
  }),
): Promise<StepResult> {
  let kube: Kube | undefined;
  try {
    kube = await connectKube({ cluster, patience, signal, secret });
    return await work(kube);
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure)) throw error;
    return failed(error);
  } finally {
    await kube?.close();
  }
}

/** The value, or the Failure that stood in its way: for a part of a view that the rest can do without (logs, events). */
export const orFailure = <T>(asked: Promise<T>): Promise<T | Failure> =>
  asked.catch((error: unknown) => {
    if (error instanceof Failure) return error;
    throw error;
  });

/** The value, or null where Kubernetes has no such object. */
export const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'kube-not-found') return null;
    throw error;
  });
