import type { Step } from './step.ts';
import { http } from './steps/http.ts';
import { httpBurst } from './steps/http-burst.ts';
import { httpBurstWrite } from './steps/http-burst-write.ts';
import { kafkaListeners } from './steps/kafka-listeners.ts';
import { manual } from './steps/manual.ts';
import { redisSentinel } from './steps/redis-sentinel.ts';
import { redisSentinelFailover } from './steps/redis-sentinel-failover.ts';
import { redisSentinelReady } from './steps/redis-sentinel-ready.ts';
import { redisStreamsClaim } from './steps/redis-streams-claim.ts';
import { redisStreamsPending } from './steps/redis-streams-pending.ts';

/** Every step there is, one line each; `uses` in a runbook is the entry's name. */
export const registry: readonly Step[] = [
  http,
  httpBurst,
  httpBurstWrite,
  kafkaListeners,
  manual,
  redisSentinel,
  redisSentinelFailover,
  redisSentinelReady,
  redisStreamsClaim,
  redisStreamsPending,
];

/** The steps a runbook can use, by name. */
export type Catalogue = ReadonlyMap<string, Step>;

/** The registry by name. */
export const catalogue: Catalogue = new Map(registry.map((step) => [step.name, step]));
