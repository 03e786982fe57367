import type { Step } from './step.ts';
import { manual } from './steps/manual.ts';
import { redisSentinel } from './steps/redis-sentinel.ts';

/** Every step there is, one line each; `uses` in a runbook is the entry's name. */
export const registry: readonly Step[] = [manual, redisSentinel];

/** The steps a runbook can use, by name. */
export type Catalogue = ReadonlyMap<string, Step>;

/** The registry by name. */
export const catalogue: Catalogue = new Map(registry.map((step) => [step.name, step]));
