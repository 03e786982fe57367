import { calledAddresses, environmentMaps } from './called-addresses.ts';
import { type CallCheck, checkCalls } from './check-calls.ts';
import type { Kube } from './kube.ts';
import type { ConfigMap, Job, Pod } from './kube-objects.ts';
import { orFailure, orNull } from './look-at-kube.ts';
import { type PodTrouble, troubleOf, worstTrouble } from './pod-trouble.ts';
import { hearPod, type PodWitness } from './pod-witness.ts';
import { selectorText } from './workload-view.ts';

/** The label of a Job that was made by running another one again: that one's name. */
export const rerunLabel = 'muster-rerun-of';

/** A Job and its runs: the original and every re-run of it, the newest first. */
export type JobRuns = { name: string; runs: Job[] };

/** The newest run of a Job with its pods, what the one in trouble says, what it calls, and the Job that compensates it. */
export type JobView = {
  job: Job;
  runs: Job[];
  pods: Pod[];
  trouble: PodTrouble | null;
  witness: PodWitness | null;
  calls: CallCheck[];
  compensation: JobRuns | null;
};

/** Where Jobs of a namespace are. */
export const jobsIn = (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/jobs`;

/** How a Job stands: `failed` and `complete` are final (https://kubernetes.io/docs/concepts/workloads/controllers/job/). */
export function stateOf({ spec, status }: Job): 'failed' | 'complete' | 'suspended' | 'running' {
  const is = (type: string) => status?.conditions?.some((one) => one.type === type && one.status === 'True');
  // FailureTarget comes first, while the last pods still end; nothing turns it back.
  if (is('Failed') || is('FailureTarget')) return 'failed';
  if (is('Complete') || is('SuccessCriteriaMet')) return 'complete';
  return spec.suspend ? 'suspended' : 'running';
}

/** A Job and its re-runs. Needs `list jobs`. */
export async function runsOf(kube: Kube, namespace: string, name: string): Promise<JobRuns> {
  const [own, again] = await Promise.all([
    orNull(kube.get<Job>(`${jobsIn(namespace)}/${name}`)),
    kube.list<Job>(jobsIn(namespace), { labelSelector: `${rerunLabel}=${name.slice(0, 63)}` }),
  ]);
  const newestFirst = again.sort((a, b) => bornAt(b) - bornAt(a) || rerunNumber(b) - rerunNumber(a));
  return { name, runs: [...newestFirst, ...(own ? [own] : [])] };
}

const bornAt = ({ metadata }: Job | Pod) => Date.parse(metadata.creationTimestamp ?? '') || 0;

/** Which re-run a Job is, by its name; 0 for an original. */
export const rerunNumber = ({ metadata }: Job): number =>
  Number(/-rerun-(\d+)$/.exec(metadata.name)?.[1] ?? 0);

/** Reads the newest run of a Job and all that belongs to it; null when there is none. */
export async function viewJob(
  kube: Kube,
  namespace: string,
  { job: name, compensation = null }: { job: string; compensation?: string | null },
  now: number,
): Promise<JobView | null> {
  const [{ runs }, undone] = await Promise.all([
    runsOf(kube, namespace, name),
    compensation === null ? null : runsOf(kube, namespace, compensation),
  ]);
  const [job] = runs;
  if (job === undefined) return null;
  const [found, calls] = await Promise.all([podsOf(kube, namespace, job), callsOf(kube, namespace, job)]);
  const pods = found.sort((a, b) => bornAt(b) - bornAt(a) || b.metadata.name.localeCompare(a.metadata.name));
  const trouble = stateOf(job) === 'complete' ? null : worstTrouble(pods.map((pod) => troubleOf(pod, now)));
  const witness = trouble && (await hearPod(kube, namespace, trouble));
  return { job, runs, pods, trouble, witness, calls, compensation: undone };
}

const podsOf = async (kube: Kube, namespace: string, { spec }: Job): Promise<Pod[]> =>
  spec.selector === undefined
    ? []
    : kube.list<Pod>(`/api/v1/namespaces/${namespace}/pods`, { labelSelector: selectorText(spec.selector) });

async function callsOf(kube: Kube, namespace: string, { spec }: Job): Promise<CallCheck[]> {
  const pod = spec.template.spec;
  const maps = await Promise.all(
    environmentMaps(pod).map(async (name) => {
      const map = await orFailure(kube.get<ConfigMap>(`/api/v1/namespaces/${namespace}/configmaps/${name}`));
      return [name, map instanceof Error ? null : map] as const;
    }),
  );
  const calls = calledAddresses(pod, Object.fromEntries(maps));
  return calls.length === 0 ? [] : checkCalls(kube, namespace, calls);
}
