import { podStates } from '../parts/kubernetes-objects.ts';
import {
  letAnswer,
  noEndpoint,
  putIngress,
  putServed,
  refused,
  type Served,
  timedOut,
} from '../parts/kubernetes-shop.ts';
import { clusterParams, inNamespace, type KubernetesStage } from './kubernetes-stage.ts';
import type { Fault } from './system.ts';

const host = 'orders.example.com';

/** What NetworkPolicies that admit only the Ingress controller look like. */
const policy = (name: string, ingress: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress },
});

/** The way from the host to the pods as it is when all is well, with a Service and an Ingress that may differ. */
async function put(
  { part, front, namespace }: KubernetesStage,
  { service = 'orders', ...served }: Partial<Served> & { service?: string } = {},
): Promise<void> {
  await putServed(part, namespace, { name: 'orders', ...served });
  await putIngress(part, namespace, { name: 'web', host, path: '/api', service, port: 80 });
  letAnswer(front, namespace, 'orders', () => ({ body: '{}' }));
}

const network = {
  runbook: 'kubernetes-network',
  params: (stage: KubernetesStage) => ({
    ...clusterParams(stage),
    kubernetes_host: host,
    kubernetes_path: '/api/orders',
    kubernetes_service: 'orders',
  }),
} as const;

/** What goes wrong on the way from a host to a pod. */
export const networkFaults: Fault<KubernetesStage>[] = [
  {
    ...network,
    name: 'Network: the whole way stands (control)',
    made: 'Ingress, Service, ready pods, and policies that close everything but the port',
    verdict: 'pass',
    cause: null,
    make: inNamespace(async (stage) => {
      await put(stage);
      await stage.part.put(stage.namespace, policy('deny-all', []));
      await stage.part.put(stage.namespace, policy('allow-web', [{ ports: [{ port: 8080 }] }]));
    }),
  },
  {
    ...network,
    name: 'Network: Ingress names a Service that does not exist',
    made: 'the backend of the Ingress called orders-api, the Service called orders',
    verdict: 'fail',
    cause: 'ingress-service-missing',
    make: inNamespace((stage) => put(stage, { service: 'orders-api' })),
  },
  {
    ...network,
    name: 'Network: selector matches no pod',
    made: 'the selector of the Service app=orders-api, the label of the pods app=orders',
    verdict: 'fail',
    cause: 'service-selector-matches-no-pod',
    make: inNamespace(async (stage) => {
      await put(stage, { selector: { app: 'orders-api' } });
      letAnswer(stage.front, stage.namespace, 'orders', () => noEndpoint('orders'));
    }),
  },
  {
    ...network,
    name: 'Network: no pod ready',
    made: 'both pods running and not ready, their endpoints not ready',
    verdict: 'fail',
    cause: 'service-has-no-ready-pod',
    make: inNamespace(async (stage) => {
      await put(stage, { pods: [podStates.notReady(), podStates.notReady()] });
      letAnswer(stage.front, stage.namespace, 'orders', () => refused('10.244.0.5:8080'));
    }),
  },
  {
    ...network,
    name: 'Network: policy closes the port',
    made: 'a NetworkPolicy that admits nobody, connections to the ready pod timing out',
    verdict: 'fail',
    cause: 'network-policy-closes-port',
    make: inNamespace(async (stage) => {
      await put(stage);
      await stage.part.put(stage.namespace, policy('deny-all', []));
      letAnswer(stage.front, stage.namespace, 'orders', () => timedOut('10.244.0.5:8080'));
    }),
  },
  {
    ...network,
    name: 'Network: pod ready, nobody listens',
    made: 'the server of a ready pod listening on 127.0.0.1 only: connections to its declared port are refused',
    verdict: 'fail',
    cause: 'pod-port-refused',
    make: inNamespace(async (stage) => {
      await put(stage);
      letAnswer(stage.front, stage.namespace, 'orders', () => refused('10.244.0.5:8080'));
    }),
  },
];
