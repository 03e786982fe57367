import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeLoad } from '../systems/postgres/judge-load.ts';
import { viewLoad } from '../systems/postgres/load-view.ts';
import { loginOf, PostgresNodes } from '../systems/postgres/postgres-nodes.ts';

const input = z.strictObject({
  ...PostgresNodes,
  max_wait: Duration.prefault('10s').describe('Somebody who waits for a lock for longer is a failure'),
  max_transaction: Duration.prefault('15m').describe('A transaction that is older is a warning'),
  max_idle: Duration.prefault('5m').describe('A transaction that is open and idle for longer is a warning'),
  max_used: z
    .number()
    .min(0.1)
    .max(1)
    .default(0.9)
    .describe('A larger part of the connections taken is a warning; all of them is a failure'),
});

/** Looks at who is connected, who waits, and for whom. */
export const postgresLoad = defineStep({
  name: 'postgres-load',
  about:
    'Reads the sessions of PostgreSQL: connections against max_connections, who waits for a lock and who holds it, the longest transaction, what is idle in one. The role needs pg_monitor.',
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
    const view = await viewLoad(input.nodes, loginOf(input, secret), input.patience, signal);
    const limits = {
      waitSeconds: input.max_wait / 1000,
      transactionSeconds: input.max_transaction / 1000,
      idleSeconds: input.max_idle / 1000,
      usedRatio: input.max_used,
    };
    return judgeLoad(view, limits, language);
  },
});
