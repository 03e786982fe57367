import type { Failure } from '../../kit/failure.ts';
import type { Kube } from './kube.ts';
import type { EndpointSlice, Pod, Service, ServicePort } from './kube-objects.ts';
import { carries } from './labels.ts';
import { orFailure, orNull } from './look-at-kube.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { askProxy, type ProxyAnswer, proxyPath } from './proxy-answer.ts';
import { type Target, targetOf } from './service-ports.ts';

/** More pods than these are not asked: they run the same image. */
const mostAsked = 3;

/** A pod that was asked directly, through the API server's proxy, on the port the Service leads to. */
export type Direct = { pod: string; target: Target; answer: ProxyAnswer | Failure };

/** A Service with all that stands behind it. */
export type ServiceView = {
  namespace: string;
  name: string;
  /** Null where there is no such Service; `others` are then those that exist. */
  service: Service | null;
  others: string[];
  /** All pods of the namespace, for telling a near miss of the selector. */
  pods: Pod[];
  slices: EndpointSlice[];
  policies: NetworkPolicy[] | Failure;
  /** The port that was asked for (the first one where none was), and the ready pods that were asked there. */
  port: ServicePort | null;
  direct: Direct[];
};

/** Whether the kubelet says that a pod may get requests. */
export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** The pods a Service selects and that may still run. */
export const podsOf = ({ spec: { selector = {} } }: Service, pods: readonly Pod[]): Pod[] =>
  Object.keys(selector).length === 0
    ? []
    : pods.filter(
        ({ metadata, status }) =>
          carries(metadata.labels ?? {}, selector) && !['Succeeded', 'Failed'].includes(status?.phase ?? ''),
      );

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
 * Reads a Service, its pods, EndpointSlices and NetworkPolicies at the same time, then asks ready pods directly where a path is
 * given. A Failure passes through, except that policies and the proxy may be out of reach: then the view says so.
 */
export async function viewService(
  kube: Kube,
  {
    namespace,
    name,
    port: asked,
    path,
  }: { namespace: string; name: string; port?: string | number | undefined; path?: string | undefined },
): Promise<ServiceView> {
  const core = `/api/v1/namespaces/${namespace}`;
  const [service, pods, slices, policies] = await Promise.all([
    orNull(kube.get<Service>(`${core}/services/${name}`)),
    kube.list<Pod>(`${core}/pods`),
    kube.list<EndpointSlice>(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
      labelSelector: `kubernetes.io/service-name=${name}`,
    }),
    orFailure(kube.list<NetworkPolicy>(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`)),
  ]);
  const others =
    service === null ? (await kube.list<Service>(`${core}/services`)).map((one) => one.metadata.name) : [];
  const port = service === null ? null : portOf(service, asked);
  const ready = service === null ? [] : podsOf(service, pods).filter(isReady).slice(0, mostAsked);
  const direct = ready.map(async (pod): Promise<Direct[]> => {
    const target = port && targetOf(port, pod);
    if (target === null || path === undefined) return [];
    const at = { kind: 'pods' as const, name: pod.metadata.name, port: target.port };
    return [{ pod: pod.metadata.name, target, answer: await askProxy(kube, proxyPath(namespace, at, path)) }];
  });
  return {
    namespace,
    name,
    service,
    others,
    pods,
    slices,
    policies,
    port,
    direct: (await Promise.all(direct)).flat(),
  };
}
