import type { Pod, ServicePort } from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import type { KubeletFront, ProxyAnswer } from './kubelet-front.ts';
import type { KubernetesPart, Manifest } from './kubernetes.ts';
import { podStates, putDeployment } from './kubernetes-objects.ts';

/** What a test wants of a Deployment of nginx behind a Service, as the patterns in the field have it. */
export type Served = {
  name: string;
  /** One entry a pod; default one that is ready. Its container declares port 8080. */
  pods?: NonNullable<Pod['status']>[];
  port?: ServicePort;
  selector?: Record<string, string>;
  maps?: Record<string, Record<string, string>>;
  /** Which ConfigMap is mounted where. */
  mounts?: { map: string; path: string; subPath?: string; items?: { key: string; path: string }[] }[];
};

/** A ConfigMap as it is written in YAML. */
export const configMap = (name: string, data: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

/** Creates the Deployment, its ConfigMaps, the Service, and the EndpointSlice that the controller would have made of it. */
export async function putServed(part: KubernetesPart, namespace: string, wanted: Served): Promise<void> {
  const { name, pods = [podStates.ready()], maps = {}, mounts = [] } = wanted;
  const port = wanted.port ?? { name: 'http', port: 80, targetPort: 8080 };
  const selector = wanted.selector ?? { app: name };
  for (const [map, data] of Object.entries(maps)) await part.put(namespace, configMap(map, data));
  await putDeployment(part, namespace, { name, pods });
  const deployment = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
  const volumes = mounts.map(({ map, items }, index) => ({
    name: `v${index}`,
    configMap: { name: map, ...(items && { items }) },
  }));
  const volumeMounts = mounts.map(({ path, subPath }, index) => ({
    name: `v${index}`,
    mountPath: path,
    ...(subPath && { subPath }),
  }));
  const containers = [{ name: 'app', image: 'nginx:1.27', volumeMounts }];
  const patched = await part.admin.patch<{ metadata: { generation: number } }>(
    deployment,
    { spec: { template: { spec: { containers, volumes } } } },
    'strategic',
  );
  const status = { observedGeneration: patched.metadata.generation };
  await part.admin.patch(`${deployment}/status`, { status }, 'merge');
  await putService(part, namespace, { name, selector, port });
  const selected = selector.app === name ? pods : [];
  await putSlice(part, namespace, { name, port, pods: selected });
}

/** Creates a Service with one port. */
export const putService = (
  part: KubernetesPart,
  namespace: string,
  { name, selector, port }: { name: string; selector: Record<string, string>; port: ServicePort },
) =>
  part.put(namespace, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [port] },
  });

function putSlice(
  part: KubernetesPart,
  namespace: string,
  { name, port, pods }: { name: string; port: ServicePort; pods: NonNullable<Pod['status']>[] },
) {
  const endpoints = pods.map(({ conditions = [] }, index) => ({
    addresses: [`10.244.0.${index + 5}`],
    conditions: { ready: conditions.some(({ type, status }) => type === 'Ready' && status === 'True') },
    targetRef: { kind: 'Pod', name: `${name}-v2-${index}`, namespace },
  }));
  const target = typeof port.targetPort === 'number' ? port.targetPort : 8080;
  return part.put(namespace, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-abcde`, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: port.name ?? '', port: target, protocol: 'TCP' }],
    endpoints,
  });
}

/** The API server's own words when nobody listens behind its proxy. */
export const refused = (address: string): ProxyAnswer =>
  unavailable(`error trying to reach service: dial tcp ${address}: connect: connection refused`);

/** The same when nothing comes back at all. */
export const timedOut = (address: string): ProxyAnswer =>
  unavailable(`error trying to reach service: dial tcp ${address}: i/o timeout`);

/** The same for a Service without a ready endpoint. */
export const noEndpoint = (service: string): ProxyAnswer =>
  unavailable(`no endpoints available for service "${service}"`);

const unavailable = (message: string): ProxyAnswer => ({
  status: 503,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'ServiceUnavailable',
    code: 503,
  }),
});

/** Lets a Service and its first pod answer the same through the front. */
export function letAnswer(
  front: KubeletFront,
  namespace: string,
  name: string,
  say: (method: string, path: string, body: string) => ProxyAnswer,
): void {
  front.answer(`${namespace}/services/${name}:80`, say);
  front.answer(`${namespace}/pods/${name}-v2-0:8080`, say);
}

/** Creates an Ingress with one rule; `secret` holds the certificate of its host. */
export const putIngress = (
  part: KubernetesPart,
  namespace: string,
  wanted: {
    name: string;
    host: string;
    path: string;
    service: string;
    port: string | number;
    className?: string;
    secret?: string;
  },
) => {
  const { name, host, path, service, port, className = 'nginx', secret } = wanted;
  const backend = {
    service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } },
  };
  return part.put(namespace, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name },
    spec: {
      ingressClassName: className,
      rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
      ...(secret && { tls: [{ hosts: [host], secretName: secret }] }),
    },
  });
};
