import type { Step } from './step.ts';
import { advice } from './steps/advice.ts';
import { alertmanagerAlerts } from './steps/alertmanager-alerts.ts';
import { alertmanagerSilence } from './steps/alertmanager-silence.ts';
import { alertmanagerSilenceActive } from './steps/alertmanager-silence-active.ts';
import { dns } from './steps/dns.ts';
import { http } from './steps/http.ts';
import { httpBurst } from './steps/http-burst.ts';
import { httpBurstWrite } from './steps/http-burst-write.ts';
import { k6Summary } from './steps/k6-summary.ts';
import { kafkaCluster } from './steps/kafka-cluster.ts';
import { kafkaConsumerLag } from './steps/kafka-consumer-lag.ts';
import { kafkaListeners } from './steps/kafka-listeners.ts';
import { kubernetesConfig } from './steps/kubernetes-config.ts';
import { kubernetesCronjob } from './steps/kubernetes-cronjob.ts';
import { kubernetesEndpoints } from './steps/kubernetes-endpoints.ts';
import { kubernetesEvents } from './steps/kubernetes-events.ts';
import { kubernetesHttp } from './steps/kubernetes-http.ts';
import { kubernetesHttpSend } from './steps/kubernetes-http-send.ts';
import { kubernetesIngress } from './steps/kubernetes-ingress.ts';
import { kubernetesJob } from './steps/kubernetes-job.ts';
import { kubernetesRerunJob } from './steps/kubernetes-rerun-job.ts';
import { kubernetesResumeCronjob } from './steps/kubernetes-resume-cronjob.ts';
import { kubernetesRolloutRestart } from './steps/kubernetes-rollout-restart.ts';
import { kubernetesRolloutUndo } from './steps/kubernetes-rollout-undo.ts';
import { kubernetesScale } from './steps/kubernetes-scale.ts';
import { kubernetesWorkload } from './steps/kubernetes-workload.ts';
import { manual } from './steps/manual.ts';
import { mysqlKillQuery } from './steps/mysql-kill-query.ts';
import { mysqlLoad } from './steps/mysql-load.ts';
import { mysqlReplication } from './steps/mysql-replication.ts';
import { mysqlRestartReplica } from './steps/mysql-restart-replica.ts';
import { postgresDropSlot } from './steps/postgres-drop-slot.ts';
import { postgresLoad } from './steps/postgres-load.ts';
import { postgresReplication } from './steps/postgres-replication.ts';
import { postgresTerminateBackend } from './steps/postgres-terminate-backend.ts';
import { prometheusChart } from './steps/prometheus-chart.ts';
import { prometheusCompare } from './steps/prometheus-compare.ts';
import { prometheusQuery } from './steps/prometheus-query.ts';
import { prometheusSlo } from './steps/prometheus-slo.ts';
import { question } from './steps/question.ts';
import { recentDeploys } from './steps/recent-deploys.ts';
import { redisNode } from './steps/redis-node.ts';
import { redisReattach } from './steps/redis-reattach.ts';
import { redisSentinel } from './steps/redis-sentinel.ts';
import { redisSentinelFailover } from './steps/redis-sentinel-failover.ts';
import { redisSentinelReady } from './steps/redis-sentinel-ready.ts';
import { redisStreamsClaim } from './steps/redis-streams-claim.ts';
import { redisStreamsDeadLetter } from './steps/redis-streams-dead-letter.ts';
import { redisStreamsDeleteConsumer } from './steps/redis-streams-delete-consumer.ts';
import { redisStreamsPending } from './steps/redis-streams-pending.ts';
import { run } from './steps/run.ts';
import { runChange } from './steps/run-change.ts';
import { tcp } from './steps/tcp.ts';
import { tls } from './steps/tls.ts';

/** Every step there is, one line each; `uses` in a runbook is the entry's name. */
export const registry: readonly Step[] = [
  advice,
  alertmanagerAlerts,
  alertmanagerSilence,
  alertmanagerSilenceActive,
  dns,
  http,
  httpBurst,
  httpBurstWrite,
  k6Summary,
  kafkaCluster,
  kafkaConsumerLag,
  kafkaListeners,
  kubernetesConfig,
  kubernetesCronjob,
  kubernetesEndpoints,
  kubernetesEvents,
  kubernetesHttp,
  kubernetesHttpSend,
  kubernetesIngress,
  kubernetesJob,
  kubernetesRerunJob,
  kubernetesResumeCronjob,
  kubernetesRolloutRestart,
  kubernetesRolloutUndo,
  kubernetesScale,
  kubernetesWorkload,
  manual,
  mysqlKillQuery,
  mysqlLoad,
  mysqlReplication,
  mysqlRestartReplica,
  postgresDropSlot,
  postgresLoad,
  postgresReplication,
  postgresTerminateBackend,
  prometheusChart,
  prometheusCompare,
  prometheusQuery,
  prometheusSlo,
  question,
  recentDeploys,
  redisNode,
  redisReattach,
  redisSentinel,
  redisSentinelFailover,
  redisSentinelReady,
  redisStreamsClaim,
  redisStreamsDeadLetter,
  redisStreamsDeleteConsumer,
  redisStreamsPending,
  run,
  runChange,
  tcp,
  tls,
];

/** The steps a runbook can use, by name. */
export type Catalogue = ReadonlyMap<string, Step>;

/** The registry by name. */
export const catalogue: Catalogue = new Map(registry.map((step) => [step.name, step]));
