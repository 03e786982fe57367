import { hasPostgres, postgresMissing } from '../parts/postgres.ts';
import { type Stage, stageSecrets, startStage, stopStage } from '../parts/postgres-stage.ts';
import { postgresLagFaults } from './postgres-lag-faults.ts';
import { postgresLoadFaults } from './postgres-load-faults.ts';
import { postgresReplicationFaults } from './postgres-replication-faults.ts';
import type { System } from './system.ts';

/** PostgreSQL: a primary and a standby, and an account that has pg_monitor and nothing else. */
export const postgres: System<Stage> = {
  name: 'PostgreSQL',
  missing: hasPostgres ? null : postgresMissing,
  start: startStage,
  stop: stopStage,
  secrets: () => stageSecrets,
  faults: [...postgresReplicationFaults, ...postgresLagFaults, ...postgresLoadFaults],
};
