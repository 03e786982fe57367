import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeReplication } from '../systems/postgres/judge-replication.ts';
import { loginOf, PostgresNodes } from '../systems/postgres/postgres-nodes.ts';
import { viewReplication } from '../systems/postgres/replication-view.ts';

/** WAL that a slot which nobody reads may keep on the disk. */
export const maxRetainedBytes = z.number().int().min(0).default(1_073_741_824);

const input = z.strictObject({
  ...PostgresNodes,
  standbys: z
    .number()
    .int()
    .min(0)
    .max(50)
    .nullish()
    .describe('How many standbys must stream from the primary; default every other node'),
  max_lag_bytes: z
    .number()
    .int()
    .min(0)
    .default(67_108_864)
    .describe('WAL that a standby has not replayed, in bytes; more is a failure'),
  max_lag: Duration.prefault('30s').describe('A replay that is later than this is a failure'),
  max_retained_bytes: maxRetainedBytes.describe(
    'WAL that an unread slot may keep on the disk, in bytes; more is a failure',
  ),
});

/**
 * A standby asks again for its WAL after 5 s (wal_retrieve_retry_interval): until then, after a restart of either side, it only
 * seems to have lost its primary.
 */
const retryMs = 5300;
const perhapsRestarting: readonly string[] = ['receiver-down', 'standby-missing', 'sync-standby-missing'];

/** Looks at a primary and its standbys from all sides at once. */
export const postgresReplication = defineStep({
  name: 'postgres-replication',
  about:
    'Reads every PostgreSQL node: exactly one primary, WAL receivers and senders, lag in bytes and seconds, slots that keep WAL, paused replay and conflicts. The role needs pg_monitor.',
  effect: 'read',
  input,
  example: {
    nodes: ['10.0.0.1:5432', '10.0.0.2:5432'],
    username: 'muster_read',
    password: { secretRef: 'ORDERS_POSTGRES_PASSWORD' },
  },
  targets: ['nodes'],
  timeoutMs: 10_000,
  target: ({ nodes }) => `postgres ${nodes.toSorted().join(' ')}`,
  run: async (input, { signal, secret, language }) => {
    const login = loginOf(input, secret);
    const look = () => viewReplication(input.nodes, login, input.patience, signal);
    const limits = {
      lagBytes: input.max_lag_bytes,
      lagSeconds: input.max_lag / 1000,
      retainedBytes: input.max_retained_bytes,
      standbys: input.standbys ?? null,
    };
    const first = judgeReplication(await look(), limits, language);
    if (!perhapsRestarting.includes(first.cause ?? '')) return first;
    await delay(retryMs, undefined, { signal });
    return judgeReplication(await look(), limits, language);
  },
});
