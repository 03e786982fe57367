import type {
  Deployment,
  Pod,
  ReplicaSet,
  Service,
} from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import type { KubernetesPart } from './kubernetes.ts';

const time = (msAgo: number) => new Date(Date.now() - msAgo).toISOString().replace(/\.\d+Z$/, 'Z');

/** An instant before now, as Kubernetes writes it. */
export const minutesAgo = (minutes: number) => time(minutes * 60_000);

/** What a kubelet reports of a pod. */
export type PodStatus = NonNullable<Pod['status']>;
type Containers = NonNullable<PodStatus['containerStatuses']>;

/** A container as the tests' templates have it. */
export const container = (name: string, image: string) => ({
  name,
  image,
  ports: [{ containerPort: 8080 }],
  resources: { limits: { memory: '256Mi' } },
});

/** A container's status: running and ready unless told otherwise. */
export const containerIs = (
  name: string,
  { state, lastState, restartCount = 0 }: Partial<Containers[number]> = {},
): Containers[number] & { imageID: string; image: string } => ({
  name,
  image: 'shop/app:1',
  imageID: '',
  ready: state === undefined,
  restartCount,
  state: state ?? { running: { startedAt: minutesAgo(60) } },
  ...(lastState && { lastState }),
});

/** A pod's status with that container; ready if the container is. */
export function podIs(
  phase: PodStatus['phase'],
  one?: ReturnType<typeof containerIs>,
  since = 30,
): PodStatus {
  const ready = { type: 'Ready', lastTransitionTime: minutesAgo(since) };
  return {
    phase: phase ?? 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: minutesAgo(60) },
      one?.ready ? { ...ready, status: 'True' } : { ...ready, status: 'False', reason: 'ContainersNotReady' },
    ],
    ...(one && { containerStatuses: [one] }),
  };
}

const crashLoop = (name: string, ended: { restarts: number; exitCode: number; reason: string }) =>
  podIs(
    'Running',
    containerIs(name, {
      restartCount: ended.restarts,
      state: {
        waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' },
      },
      lastState: {
        terminated: { exitCode: ended.exitCode, reason: ended.reason, finishedAt: minutesAgo(1) },
      },
    }),
  );

/** The states pods get into, as a kubelet reports them. */
export const podStates = {
  ready: (name = 'app') => podIs('Running', containerIs(name)),
  notReady: (name = 'app') => {
    const running = containerIs(name);
    return podIs('Running', { ...running, ready: false });
  },
  unschedulable: (): PodStatus => ({
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient memory.',
        lastTransitionTime: minutesAgo(10),
      },
    ],
  }),
  outOfMemory: (name = 'app') => crashLoop(name, { restarts: 6, exitCode: 137, reason: 'OOMKilled' }),
  crashing: (name = 'app') => crashLoop(name, { restarts: 9, exitCode: 1, reason: 'Error' }),
  withoutImage: (name = 'app') =>
    podIs(
      'Pending',
      containerIs(name, {
        state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "shop/app:2"' } },
      }),
    ),
  withoutConfig: (name = 'app') =>
    podIs(
      'Pending',
      containerIs(name, {
        state: {
          waiting: { reason: 'CreateContainerConfigError', message: 'configmap "app-settings" not found' },
        },
      }),
    ),
  failed: (name = 'app', exitCode = 1) =>
    podIs(
      'Failed',
      containerIs(name, {
        state: { terminated: { exitCode, reason: 'Error', finishedAt: minutesAgo(2) } },
      }),
    ),
};

/** What a test wants of a Deployment: one entry of `pods` a pod, and what the controller would say. */
export type Wanted = {
  name: string;
  pods: PodStatus[];
  replicas?: number;
  image?: string;
  /** Earlier images, oldest first, as the ReplicaSets that were rolled out before this one. */
  before?: string[];
  /** The pods are those of the revision before the newest one, which has none. */
  deadlineExceeded?: boolean;
  conditions?: NonNullable<Deployment['status']>['conditions'];
};

/** The reference by which an object says that a controller of that kind owns it. */
export const owner = (kind: string, { metadata }: { metadata: { name: string; uid?: string } }) => [
  {
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    name: metadata.name,
    uid: metadata.uid!,
    controller: true,
  },
];

/** Creates a Deployment with its ReplicaSets and pods in the states that controllers and kubelets would have written. */
export async function putDeployment(
  part: KubernetesPart,
  namespace: string,
  { name, pods, image = 'shop/app:2', before = ['shop/app:1'], ...wanted }: Wanted,
): Promise<Deployment> {
  const labels = { app: name };
  const template = (one: string, hash?: string) => ({
    metadata: { labels: { ...labels, ...(hash && { 'pod-template-hash': hash }) } },
    spec: { containers: [container('app', one)] },
  });
  const replicas = wanted.replicas ?? pods.length;
  const ready = pods.filter(({ conditions }) =>
    conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
  ).length;
  const revision = before.length + 1;
  const annotation = (number: number) => ({ 'deployment.kubernetes.io/revision': String(number) });
  const progressing = wanted.deadlineExceeded
    ? {
        type: 'Progressing',
        status: 'False' as const,
        reason: 'ProgressDeadlineExceeded',
        message: `ReplicaSet "${name}-${revision}" has timed out progressing.`,
      }
    : { type: 'Progressing', status: 'True' as const, reason: 'NewReplicaSetAvailable' };
  const deployment = await part.put<Deployment>(namespace, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, annotations: annotation(revision) },
    spec: { replicas, selector: { matchLabels: labels }, template: template(image) },
    status: {
      observedGeneration: 1,
      replicas: pods.length,
      updatedReplicas: pods.length,
      ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
      ...(pods.length > ready && { unavailableReplicas: pods.length - ready }),
      conditions: [
        progressing,
        { type: 'Available', status: ready === replicas ? 'True' : 'False', reason: 'MinimumReplicas' },
        ...(wanted.conditions ?? []),
      ],
    },
  });
  for (const [index, one] of [...before, image].entries()) {
    const newest = index === before.length;
    const hash = `v${index + 1}`;
    const set = await part.put<ReplicaSet>(namespace, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        labels: { ...labels, 'pod-template-hash': hash },
        annotations: annotation(index + 1),
        ownerReferences: owner('Deployment', deployment),
      },
      spec: {
        replicas: newest ? pods.length : 0,
        selector: { matchLabels: { ...labels, 'pod-template-hash': hash } },
        template: template(one, hash),
      },
    });
    if (newest) {
      await Promise.all(
        pods.map((status, number) =>
          part.put(namespace, {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: {
              name: `${name}-${hash}-${number}`,
              labels: { ...labels, 'pod-template-hash': hash },
              ownerReferences: owner('ReplicaSet', set),
            },
            spec: { nodeName: 'n1', ...template(one).spec },
            status,
          }),
        ),
      );
    }
  }
  return deployment;
}

/** A Service that stands before one port, with the EndpointSlice of a pod that is ready or not. */
export async function putService(
  part: KubernetesPart,
  namespace: string,
  name: string,
  port: number,
  ready = true,
): Promise<void> {
  await part.put<Service>(namespace, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port, targetPort: 8080 }] },
  });
  await part.put(namespace, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ port: 8080 }],
    endpoints: [{ addresses: ['10.1.0.7'], conditions: { ready } }],
  });
}
