/** The rows of a relation as one JSON list, so that one round trip brings them all. */
export const rows = (select: string) =>
  `(SELECT coalesce(jsonb_agg(to_jsonb(found)), '[]') FROM (${select}) AS found)`;

/** A setting, or NULL where this account may not see it. */
const setting = (name: string) => `(SELECT setting FROM pg_settings WHERE name = '${name}')`;

/** Where the WAL of a primary ends; NULL on a standby, which would answer with an error. */
const current = 'CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() END';

/** What the startup process, which replays the WAL, waits for while a query on the standby stands in its way. */
const replayWaits = `(SELECT wait_event FROM pg_stat_activity WHERE backend_type = 'startup'
  AND (wait_event LIKE 'RecoveryConflict%' OR wait_event_type IN ('Lock', 'BufferPin')) LIMIT 1)`;

/**
 * One statement for PostgreSQL 12 and later: columns of newer versions are read through `to_jsonb`, functions that only work on a
 * primary are guarded. Needs `pg_monitor`, without which rows come back with NULL columns and no error. Passwords in
 * `primary_conninfo` are not read: only whether it is set.
 */
export const replicationSql = `SELECT
${rows(`SELECT pg_is_in_recovery() AS in_recovery,
  (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
  CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
    ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END AS timeline,
  current_setting('cluster_name') AS cluster_name,
  (${current})::text AS current_lsn,
  NOT pg_is_in_recovery() AND ${setting('synchronous_standby_names')} <> ''
    AND ${setting('synchronous_commit')} NOT IN ('off', 'local') AS waits_for_sync`)} AS role,
${rows(`SELECT pid, application_name, state, sync_state,
  extract(epoch FROM replay_lag) AS replay_lag_s,
  pg_wal_lsn_diff(${current}, replay_lsn) AS replay_lag_bytes FROM pg_stat_replication`)} AS replication,
${rows(`SELECT slot_name, slot_type, active, active_pid,
  to_jsonb(s)->>'wal_status' AS wal_status, to_jsonb(s)->>'safe_wal_size' AS safe_wal_size,
  pg_wal_lsn_diff(${current}, restart_lsn) AS retained_bytes FROM pg_replication_slots AS s`)} AS slots,
${rows('SELECT pid, status FROM pg_stat_wal_receiver')} AS receiver,
${rows(`SELECT pg_last_wal_receive_lsn()::text AS receive_lsn, pg_last_wal_replay_lsn()::text AS replay_lsn,
  CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END AS replay_paused,
  ${setting('primary_conninfo')} <> '' AS streams, ${setting('primary_slot_name')} AS slot_name,
  ${setting('recovery_min_apply_delay')} AS apply_delay_ms, ${replayWaits} AS replay_waits`)} AS standby,
${rows(`SELECT datname, confl_tablespace, confl_lock, confl_snapshot, confl_bufferpin, confl_deadlock
  FROM pg_stat_database_conflicts`)} AS conflicts`;
