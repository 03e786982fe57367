import type { Ask } from './ask-postgres.ts';
import type { ReplicationSummary } from './replication-summary.ts';

/** Why a slot is left alone. */
export type SlotRefusal = 'missing' | 'active' | 'small' | 'expected' | 'unsure';

/**
 * Whether this slot may go: it is there, nobody reads it, it is lost or keeps too much, and it is not the slot of a standby: neither
 * of one that answers, nor, for a physical slot, possibly of one that is expected and does not answer. Pure.
 */
export function refuseSlot(
  name: string,
  { slots, standbys, missing }: ReplicationSummary,
  expected: string[],
): SlotRefusal | null {
  const slot = slots.find((one) => one.name === name);
  if (!slot) return 'missing';
  if (slot.active) return 'active';
  if (expected.includes(name) || standbys.some((node) => node.slot === name)) return 'expected';
  if (slot.physical && missing.length > 0) return 'unsure';
  return slot.droppable ? null : 'small';
}

/** The condition of `refuseSlot` once more, so that a slot of the same name that was made anew meanwhile stays. */
const dropSql = `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots AS s
  WHERE slot_name = $1 AND NOT active AND (to_jsonb(s)->>'wal_status' IN ('lost', 'unreserved')
    OR pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > $2::bigint)`;

/**
 * Drops this slot if it still is unread and lost or keeps more than `retainedBytes`: condition and change are one statement, and
 * the server itself refuses a slot that is active (SQLSTATE 55006). True when it was there and is gone.
 */
export async function dropSlot(ask: Ask, name: string, retainedBytes: number): Promise<boolean> {
  return (await ask(dropSql, [name, retainedBytes])).length === 1;
}
