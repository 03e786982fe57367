import type { Condition, Container, ContainerStatus, Pod } from './kube-objects.ts';

/**
 * What keeps a pod from working, by the names Kubernetes gives it
 * (https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/); the first of these is the one to say.
 */
export const troubleKinds = [
  'image-pull-failed',
  'container-config-error',
  'container-start-failed',
  'container-oom-killed',
  'container-crash-loop',
  'pod-evicted',
  'container-failed',
  'pod-unschedulable',
  'pod-not-starting',
  'pod-not-ready',
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** One pod's trouble; `detail` is Kubernetes' own message, `previous` says that the log to read is that of the last start. */
export type PodTrouble = {
  kind: TroubleKind;
  pod: string;
  container: string | null;
  image: string | null;
  restarts: number;
  exitCode: number | null;
  memoryLimit: string | null;
  detail: string;
  previous: boolean;
  /** Epoch milliseconds since when; null where Kubernetes does not say. */
  since: number | null;
};

const pullReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
];
const startReasons = ['CreateContainerError', 'RunContainerError', 'StartError', 'PostStartHookError'];

/**
 * States that pass by themselves within a minute in a healthy cluster (nodes are added, images pulled, probes awaited) count only
 * after this long, in milliseconds.
 */
const settleMs = 60_000;

/** A pod that has not been ready since its containers started may take this long: large images, slow starters. */
const startMs = 5 * 60_000;

/** An out-of-memory kill of a container that runs again counts for this long, in milliseconds. */
const recentMs = 15 * 60_000;

/** What is wrong with a pod at a moment; null when nothing is, or nothing yet. */
export function troubleOf(pod: Pod, now: number): PodTrouble | null {
  const { phase, reason, message = '', conditions = [] } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined || phase === 'Succeeded') return null;
  const base = {
    pod: pod.metadata.name,
    container: null,
    image: null,
    restarts: 0,
    exitCode: null,
    memoryLimit: null,
    previous: false,
  };
  if (phase === 'Failed' && reason === 'Evicted') {
    return { ...base, kind: 'pod-evicted', detail: message, since: null };
  }
  const found = containersOf(pod).flatMap((one) => containerTrouble(pod, one, now) ?? []);
  const worst = troubleKinds.flatMap((kind) => found.filter((one) => one.kind === kind))[0];
  if (worst) return worst;
  const settled = (since: number | null, ms = settleMs) => since !== null && now - since >= ms;
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') {
    const since = instant(scheduled);
    const kind = 'pod-unschedulable';
    return settled(since) ? { ...base, kind, detail: scheduled.message ?? '', since } : null;
  }
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (phase === 'Failed' || ready?.status !== 'False') return null;
  const since = instant(ready);
  const started = containersOf(pod).map(({ status }) => Date.parse(status?.state?.running?.startedAt ?? ''));
  const wasReady = since !== null && started.every((at) => since > at);
  if (!settled(since, wasReady ? settleMs : startMs)) return null;
  const waiting = containersOf(pod).find(({ status }) => status?.state?.running === undefined);
  const slow = waiting ?? containersOf(pod).find(({ status }) => status?.ready === false);
  return {
    ...base,
    kind: waiting ? 'pod-not-starting' : 'pod-not-ready',
    container: slow?.spec.name ?? null,
    image: slow?.spec.image ?? null,
    restarts: slow?.status?.restartCount ?? 0,
    detail: ready.message ?? '',
    since,
  };
}

type Known = { spec: Container; status: ContainerStatus | undefined };

function containersOf({ spec, status }: Pod): Known[] {
  const started = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const init = (spec.initContainers ?? []).filter(
    ({ name }) => started.find((one) => one.name === name)?.state?.terminated?.exitCode !== 0,
  );
  return [...init, ...spec.containers].map((one) => ({
    spec: one,
    status: started.find(({ name }) => name === one.name),
  }));
}

function containerTrouble(pod: Pod, { spec, status }: Known, now: number): PodTrouble | null {
  const waiting = status?.state?.waiting;
  const running = status?.state?.running;
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  const say = (kind: TroubleKind, detail = ''): PodTrouble => ({
    kind,
    pod: pod.metadata.name,
    container: spec.name,
    image: spec.image ?? null,
    restarts: status?.restartCount ?? 0,
    exitCode: ended?.exitCode ?? null,
    memoryLimit: spec.resources?.limits?.memory ?? null,
    detail,
    previous: status?.state?.terminated === undefined && ended !== undefined,
    since: ended?.finishedAt === undefined ? null : Date.parse(ended.finishedAt),
  });
  const reason = waiting?.reason ?? '';
  if (pullReasons.includes(reason)) return say('image-pull-failed', waiting?.message);
  if (reason === 'CreateContainerConfigError') return say('container-config-error', waiting?.message);
  if (startReasons.includes(reason)) return say('container-start-failed', waiting?.message);
  if (ended?.reason === 'OOMKilled') {
    const oom = say('container-oom-killed', ended.message);
    return running && oom.since !== null && now - oom.since > recentMs ? null : oom;
  }
  if (ended?.reason === 'StartError' || ended?.reason === 'ContainerCannotRun') {
    return running ? null : say('container-start-failed', ended.message);
  }
  if (reason === 'CrashLoopBackOff') return say('container-crash-loop', ended?.message);
  if (status?.state?.terminated && status.state.terminated.exitCode !== 0) {
    const again = pod.spec.restartPolicy !== 'Never' && status.restartCount > 0;
    return say(again ? 'container-crash-loop' : 'container-failed', ended?.message);
  }
  return null;
}

const instant = ({ lastTransitionTime }: Condition) =>
  lastTransitionTime === undefined ? null : Date.parse(lastTransitionTime);

/** The trouble to say first among several pods: the worst kind, then the order given. */
export const worstTrouble = (troubles: readonly (PodTrouble | null)[]): PodTrouble | null =>
  troubleKinds.flatMap((kind) => troubles.filter((one) => one?.kind === kind))[0] ?? null;
