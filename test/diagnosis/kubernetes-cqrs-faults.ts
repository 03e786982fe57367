import type { Pod } from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import { podStates } from '../parts/kubernetes-objects.ts';
import { letAnswer, putServed, refused, type Served } from '../parts/kubernetes-shop.ts';
import { clusterParams, inNamespace, type KubernetesStage } from './kubernetes-stage.ts';
import type { Fault } from './system.ts';

const conf = [
  'server {',
  '  listen 8080;',
  '  location /healthz { return 204; }',
  '  location = /api/orders {',
  '    default_type application/json;',
  '    alias /usr/share/nginx/answers/orders.json;',
  '  }',
  '}',
].join('\n');
const answers = '{\n  "orders": [\n    { "id": 1, "state": "paid" }\n  ]\n}\n';
const mounts = [
  { map: 'query-nginx', path: '/etc/nginx/conf.d' },
  { map: 'query-answers', path: '/usr/share/nginx/answers' },
];

type Query = {
  conf?: string;
  answers?: string;
  pods?: NonNullable<Pod['status']>[];
  port?: NonNullable<Served['port']>;
};

/** Both sides as they are when all is well, with a query side that may differ. */
async function put({ part, front, namespace }: KubernetesStage, query: Query = {}): Promise<void> {
  const { pods = [podStates.ready(), podStates.ready()], port } = query;
  const maps = {
    'query-nginx': { 'default.conf': query.conf ?? conf },
    'query-answers': { 'orders.json': query.answers ?? answers },
  };
  await putServed(part, namespace, { name: 'command' });
  await putServed(part, namespace, { name: 'query', maps, mounts, pods, ...(port && { port }) });
  letAnswer(front, namespace, 'command', () => ({ body: 'ok' }));
  letAnswer(front, namespace, 'query', () => ({ body: query.answers ?? answers }));
  front.answer(`${namespace}/pods/query-v2-1:8080`, () => ({ body: answers }));
}

const cqrs = {
  runbook: 'kubernetes-cqrs',
  params: (stage: KubernetesStage) => ({
    ...clusterParams(stage),
    cqrs_query_path: '/api/orders',
    cqrs_query_files: ['/api/orders'],
    cqrs_command_test_path: '/api/orders',
  }),
} as const;

/** What goes wrong between commands and queries. */
export const cqrsFaults: Fault<KubernetesStage>[] = [
  {
    ...cqrs,
    name: 'CQRS: both sides answer (control)',
    made: 'a command and a query Deployment, all pods ready, nginx answering from a ConfigMap',
    verdict: 'pass',
    cause: null,
    make: inNamespace((stage) => put(stage)),
  },
  {
    ...cqrs,
    name: 'CQRS: query side unavailable',
    made: 'every pod of the query Deployment in CrashLoopBackOff, its EndpointSlice without a ready endpoint',
    verdict: 'fail',
    cause: 'container-crash-loop',
    make: inNamespace(async (stage) => {
      await put(stage, { pods: [podStates.crashing(), podStates.crashing()] });
      letAnswer(stage.front, stage.namespace, 'query', () => refused('10.244.0.5:8080'));
    }),
  },
  {
    ...cqrs,
    name: 'CQRS: nginx location block broken',
    made: 'the closing brace of a location block missing in the ConfigMap of the query side',
    verdict: 'fail',
    cause: 'nginx-config-broken',
    make: inNamespace((stage) => put(stage, { conf: conf.replace('\n  }\n', '\n') })),
  },
  {
    ...cqrs,
    name: 'CQRS: JSON answer does not parse',
    made: 'a comma missing in the JSON that the ConfigMap of the query side answers with',
    verdict: 'fail',
    cause: 'config-json-broken',
    make: inNamespace((stage) => put(stage, { answers: answers.replace(', "state"', ' "state"') })),
  },
  {
    ...cqrs,
    name: 'CQRS: Service leads to the wrong container port',
    made: 'targetPort 8081 in the query Service, while its containers listen on 8080',
    verdict: 'fail',
    cause: 'service-target-port-wrong',
    make: inNamespace(async (stage) => {
      await put(stage, { port: { name: 'http', port: 80, targetPort: 8081 } });
      const { front, namespace } = stage;
      for (const target of ['services/query:80', 'pods/query-v2-0:8081', 'pods/query-v2-1:8081'])
        front.answer(`${namespace}/${target}`, () => refused('10.244.0.5:8081'));
    }),
  },
];
