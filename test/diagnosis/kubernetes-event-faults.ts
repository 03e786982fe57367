import { jobStates, putCronJob, putJob } from '../parts/kubernetes-jobs.ts';
import { minutesAgo, podStates } from '../parts/kubernetes-objects.ts';
import { letAnswer, putServed } from '../parts/kubernetes-shop.ts';
import { clusterParams, inNamespace, type KubernetesStage } from './kubernetes-stage.ts';
import type { Fault } from './system.ts';

const conf = [
  'server {',
  '  listen 8080;',
  '  location /events/ {',
  '    alias /usr/share/nginx/events/;',
  '  }',
  '}',
].join('\n');
const events = '[{ "type": "OrderPlaced", "id": 1 }, { "type": "OrderPaid", "id": 1 }]';
const schedule = '*/5 * * * *';

/** The store and the CronJob as they are when all is well, except for where the events are mounted. */
async function put(
  { part, front, namespace }: KubernetesStage,
  { path = '/usr/share/nginx/events', cronJob = {} }: { path?: string; cronJob?: object } = {},
) {
  const maps = { 'store-nginx': { 'default.conf': conf }, 'store-events': { 'orders.json': events } };
  const mounts = [
    { map: 'store-nginx', path: '/etc/nginx/conf.d' },
    { map: 'store-events', path },
  ];
  await putServed(part, namespace, { name: 'event-store', maps, mounts, pods: [podStates.ready()] });
  letAnswer(front, namespace, 'event-store', () => ({ body: events }));
  const status = { lastScheduleTime: minutesAgo(1), lastSuccessfulTime: minutesAgo(1) };
  return putCronJob(part, namespace, { name: 'event-snapshot', schedule, status, ...cronJob });
}

const sourcing = {
  runbook: 'kubernetes-event-sourcing',
  params: (stage: KubernetesStage) => ({
    ...clusterParams(stage),
    event_store_path: '/events/orders.json',
    event_store_files: ['/events/orders.json'],
  }),
} as const;

/** What goes wrong between an event store and what is built from it. */
export const eventFaults: Fault<KubernetesStage>[] = [
  {
    ...sourcing,
    name: 'Event Sourcing: store answers, snapshots are made (control)',
    made: 'an event store that serves its ConfigMap, and a CronJob that succeeded a minute ago',
    verdict: 'pass',
    cause: null,
    make: inNamespace(async (stage) => void (await put(stage))),
  },
  {
    ...sourcing,
    name: 'Event Sourcing: CronJob suspended',
    made: 'spec.suspend of the CronJob set',
    verdict: 'fail',
    cause: 'cronjob-suspended',
    make: inNamespace(async (stage) => {
      const status = { lastScheduleTime: minutesAgo(60), lastSuccessfulTime: minutesAgo(59) };
      await put(stage, { cronJob: { suspend: true, status } });
    }),
  },
  {
    ...sourcing,
    name: 'Event Sourcing: last success too old',
    made: 'a CronJob for every five minutes that last succeeded 40 minutes ago, its last Job failed',
    verdict: 'fail',
    cause: 'cronjob-not-succeeding',
    make: inNamespace(async (stage) => {
      const status = { lastScheduleTime: minutesAgo(1), lastSuccessfulTime: minutesAgo(40) };
      const owner = await put(stage, { cronJob: { status } });
      const failed = { ...jobStates.failed(), startTime: minutesAgo(1) };
      await putJob(stage.part, stage.namespace, { name: 'event-snapshot-1', owner, status: failed });
    }),
  },
  {
    ...sourcing,
    name: 'Event Sourcing: event store answers 503',
    made: 'every request to the event store answered 503 by the store itself, its pod ready',
    verdict: 'fail',
    cause: 'http-5xx',
    make: inNamespace(async (stage) => {
      await put(stage);
      letAnswer(stage.front, stage.namespace, 'event-store', () => ({
        status: 503,
        body: 'storage is full',
      }));
    }),
  },
  {
    ...sourcing,
    name: 'Event Sourcing: ConfigMap mounted beside the alias',
    made: 'the events mounted in /usr/share/nginx/html, while the alias points to /usr/share/nginx/events/; requests answered 404',
    verdict: 'fail',
    cause: 'configmap-mounted-elsewhere',
    make: inNamespace(async (stage) => {
      await put(stage, { path: '/usr/share/nginx/html' });
      letAnswer(stage.front, stage.namespace, 'event-store', () => ({ status: 404, body: 'not found' }));
    }),
  },
];
