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

/**
 * Drops this slot if nobody has begun to read it meanwhile: condition and change are one statement, and the server itself refuses
 * a slot that is active (SQLSTATE 55006). True when it was there and is gone.
 */
export async function dropSlot(ask: Ask, name: string): Promise<boolean> {
  const rows = await ask(
    'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1 AND NOT active',
    [name],
  );
  return rows.length === 1;
}
