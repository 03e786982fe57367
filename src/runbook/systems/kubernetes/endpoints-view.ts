import { Failure } from '../../../kit/failure.ts';
import { type DnsView, viewDns } from '../net/dns-view.ts';
import type { Kube } from './kube.ts';
import type { Deployment, EndpointSlice, Pod, Service, ServicePort } from './kube-objects.ts';
import { carries } from './labels.ts';
import { orFailure, orNull } from './look-at-kube.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { askProxy, type ProxyAnswer, proxyPath } from './proxy-answer.ts';
import { type Target, targetOf } from './target-port.ts';

/** More pods than these are not asked: they run the same image. */
const mostAsked = 3;

/** A pod that was asked directly, through the API server's proxy, on the port the Service leads to. */
export type Direct = { pod: string; target: Target; answer: ProxyAnswer | Failure };

/** A Service with all that stands behind it. */
export type EndpointsView = {
  namespace: string;
  name: string;
  /** Null where there is no such Service; `others` are then those that exist. */
  service: Service | null;
  others: string[];
  /** All pods of the namespace, for telling a near miss of the selector. */
  pods: Pod[];
  slices: EndpointSlice[];
  policies: NetworkPolicy[] | Failure;
  /** Where no pod is selected: the workloads that would make such pods, as `Deployment orders`, with how many they want. */
  makers: { name: string; replicas: number }[];
  /** The port that was asked for (the first one where none was), and the ready pods that were asked there. */
  port: ServicePort | null;
  direct: Direct[];
  /** What the given resolvers say of its name, and of one that every cluster has; null where none was given. */
  names: { own: DnsView; known: DnsView } | null;
};

/** What is asked of a Service. */
export type EndpointsAsked = {
  namespace: string;
  name: string;
  port?: string | number | undefined;
  path?: string | undefined;
  resolvers?: readonly string[];
  /** The domain of the cluster's names. */
  domain?: string;
  /** Milliseconds one resolver may take. */
  patience: number;
};

/** Whether the kubelet says that a pod may get requests. */
export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** The pods a Service selects and that may still run; those that are being deleted have left it. */
export const podsOf = ({ spec: { selector = {} } }: Service, pods: readonly Pod[]): Pod[] =>
  Object.keys(selector).length === 0
    ? []
    : pods.filter(
        ({ metadata, status }) =>
          carries(metadata.labels ?? {}, selector) &&
          metadata.deletionTimestamp === undefined &&
          !['Succeeded', 'Failed'].includes(status?.phase ?? ''),
      );

/** The EndpointSlices of a Service, whoever made them. */
export const slicesOf = (kube: Kube, namespace: string, name: string): Promise<EndpointSlice[]> =>
  kube.list<EndpointSlice>(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    labelSelector: `kubernetes.io/service-name=${name}`,
  });

/** How many endpoints get requests; the API counts one without a condition as ready. */
export const readyEndpoints = (slices: readonly EndpointSlice[]): number =>
  slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready ?? true)
    .length;

/** The port by name or number; the first one where none is asked for. */
export function portOf(
  { spec: { ports = [] } }: Service,
  asked: string | number | undefined,
): ServicePort | null {
  return (
    ports.find(({ name, port }) => asked === undefined || port === asked || name === String(asked)) ?? null
  );
}

/**
 * Reads a Service, its pods, EndpointSlices and NetworkPolicies at the same time, then asks ready pods and the resolvers. A Failure
 * passes through, except that policies and the proxy may be out of reach: then the view says so.
 */
export async function viewEndpoints(
  kube: Kube,
  asked: EndpointsAsked,
  signal: AbortSignal,
): Promise<EndpointsView> {
  const { namespace, name } = asked;
  const core = `/api/v1/namespaces/${namespace}`;
  const [service, pods, slices, policies] = await Promise.all([
    orNull(kube.get<Service>(`${core}/services/${name}`)),
    kube.list<Pod>(`${core}/pods`),
    slicesOf(kube, namespace, name),
    orFailure(kube.list<NetworkPolicy>(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`)),
  ]);
  const seen = { namespace, name, service, pods, slices, policies };
  if (service === null) {
    const others = await kube.list<Service>(`${core}/services`);
    return {
      ...seen,
      others: others.map(({ metadata }) => metadata.name),
      makers: [],
      port: null,
      direct: [],
      names: null,
    };
  }
  const port = portOf(service, asked.port);
  const selected = podsOf(service, pods);
  const [direct, names, makers] = await Promise.all([
    askPods(kube, asked, port, selected.filter(isReady)),
    askNames(asked, signal),
    selected.length > 0 ? [] : makersOf(kube, namespace, service),
  ]);
  return { ...seen, others: [], makers, port, direct, names };
}

async function makersOf(kube: Kube, namespace: string, { spec: { selector = {} } }: Service) {
  if (Object.keys(selector).length === 0) return [];
  const kinds = { Deployment: 'deployments', StatefulSet: 'statefulsets' };
  const found = Object.entries(kinds).map(async ([kind, plural]) => {
    const listed = await orFailure(kube.list<Deployment>(`/apis/apps/v1/namespaces/${namespace}/${plural}`));
    return (listed instanceof Failure ? [] : listed)
      .filter(({ spec }) => carries(spec.template.metadata?.labels ?? {}, selector))
      .map(({ metadata, spec }) => ({ name: `${kind} ${metadata.name}`, replicas: spec.replicas ?? 1 }));
  });
  return (await Promise.all(found)).flat();
}

async function askPods(
  kube: Kube,
  { namespace, path }: EndpointsAsked,
  port: ServicePort | null,
  ready: readonly Pod[],
): Promise<Direct[]> {
  if (port === null || path === undefined || (port.protocol ?? 'TCP') !== 'TCP') return [];
  const asked = ready.slice(0, mostAsked).map(async (pod): Promise<Direct[]> => {
    const target = targetOf(port, pod);
    if (target === null) return [];
    const at = { kind: 'pods' as const, name: pod.metadata.name, port: target.port };
    return [{ pod: at.name, target, answer: await askProxy(kube, proxyPath(namespace, at, path)) }];
  });
  return (await Promise.all(asked)).flat();
}

/** The name of the API server's own Service tells whether the resolver knows this cluster's names at all. */
async function askNames(
  { namespace, name, resolvers = [], domain = 'cluster.local', patience }: EndpointsAsked,
  signal: AbortSignal,
): Promise<EndpointsView['names']> {
  if (resolvers.length === 0) return null;
  const ask = (of: string) => viewDns(`${of}.svc.${domain}`, resolvers, patience, signal);
  const [own, known] = await Promise.all([ask(`${name}.${namespace}`), ask('kubernetes.default')]);
  return { own, known };
}
