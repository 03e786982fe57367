import { httpTlsDns } from './http-tls-dns.ts';
import { kafka } from './kafka.ts';
import { kubernetesPatterns } from './kubernetes-patterns.ts';
import { kubernetesWorkloads } from './kubernetes-workloads.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { prometheus } from './prometheus.ts';
import { redis } from './redis.ts';
import { redisStreams } from './redis-streams.ts';
import type { System } from './system.ts';

/** Every system that is diagnosed, one line each. */
// biome-ignore lint/suspicious/noExplicitAny: each system has a stage of its own, which only its own faults see.
export const systems: readonly System<any>[] = [
  httpTlsDns,
  kafka,
  kubernetesPatterns,
  kubernetesWorkloads,
  mysql,
  postgres,
  prometheus,
  redis,
  redisStreams,
];
