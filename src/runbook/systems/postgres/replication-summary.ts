import type { Unanswered } from './ask-postgres.ts';
import type { NodeSays, ReplicationView, Sender, Slot } from './replication-view.ts';

/** A node that answered. */
export type Node = NodeSays & { address: string };

/** A node that did not. */
export type Missing = { address: string; state: Unanswered; reason: string };

/** How far a standby is behind. `seconds` is null where nothing was measured; without bytes there is no lag, however old the data. */
export type Lag = { bytes: number; receivedBytes: number | null; seconds: number | null };

/** A view, sorted into what the rules speak of. */
export type ReplicationSummary = {
  primaries: Node[];
  /** The one primary; null when there is none or more than one. */
  primary: Node | null;
  /** `catchingUp` is the primary's word for one that was just attached, or whose link was away. */
  standbys: (Node & { lag: Lag | null; catchingUp: boolean })[];
  missing: Missing[];
  /** What streams from the primary and is none of the standbys that answered. */
  others: { sender: Sender; lag: Lag | null }[];
  /** Senders that stream or catch up. */
  streaming: number;
  slots: (Slot & { why: 'lost' | 'retains' | 'idle' | null; droppable: boolean })[];
  /** Nodes whose account lacks `pg_monitor`. */
  hidden: string[];
};

/** From when on WAL that a slot keeps, or a standby lacks, is too much. */
export type ReplicationLimits = {
  lagBytes: number;
  lagSeconds: number;
  retainedBytes: number;
  /** Standbys that must stream; null means every other node that was asked. */
  standbys: number | null;
};

/** Sorts a view. Pure. */
export function summarise(
  view: ReplicationView,
  { retainedBytes }: Pick<ReplicationLimits, 'retainedBytes'>,
): ReplicationSummary {
  const answered = view.flatMap((answer) =>
    answer.state === 'answered' ? [{ ...answer.value, address: answer.address }] : [],
  );
  const missing = view.flatMap((answer) => (answer.state === 'answered' ? [] : [answer]));
  const primaries = answered.filter(({ inRecovery }) => !inRecovery);
  const primary = primaries.length === 1 ? primaries[0]! : null;
  const followers = answered.filter(({ inRecovery }) => inRecovery);
  const logical = new Set(
    primary?.slots.filter(({ physical }) => !physical).map(({ activePid }) => activePid),
  );
  // What reads a logical slot is no standby; its slot says how far it is behind.
  const senders = (primary?.senders ?? []).filter(({ pid }) => !logical.has(pid));
  const standbys = followers.map((node) => {
    const sender = senderOf(node, primary, followers);
    return { ...node, lag: lagOf(node, primary, sender), catchingUp: sender?.state === 'catchup' };
  });
  const known = new Set(followers.map((node) => senderOf(node, primary, followers)?.pid));
  const slots = (primary?.slots ?? []).map((slot) => {
    const why = whyOf(slot, retainedBytes);
    const expected =
      slot.physical && (missing.length > 0 || followers.some((node) => node.slot === slot.name));
    return { ...slot, why, droppable: (why === 'lost' || why === 'retains') && !slot.active && !expected };
  });
  return {
    primaries,
    primary,
    standbys,
    missing,
    others: senders
      .filter(({ pid, state }) => !known.has(pid) && state !== 'backup')
      .map((sender) => ({ sender, lag: lagSeen(sender) })),
    // One whose state this account may not see counts too: nothing is wrong as far as anybody can tell.
    streaming: senders.filter(({ state }) => state === null || ['streaming', 'catchup'].includes(state))
      .length,
    slots,
    hidden: answered
      .filter((node) => node.senders.some(({ state }) => state === null) || node.receiver?.status === null)
      .map(({ address }) => address),
  };
}

function whyOf({ active, status, retainedBytes }: Slot, limit: number): 'lost' | 'retains' | 'idle' | null {
  if (status === 'lost') return 'lost';
  if ((retainedBytes ?? 0) > limit || status === 'unreserved') return 'retains';
  return active ? null : 'idle';
}

/** The primary's row for a standby: by the slot it uses, else by its name, else because there is only one of each. */
function senderOf(node: NodeSays, primary: NodeSays | null, standbys: NodeSays[]): Sender | undefined {
  const senders = primary?.senders ?? [];
  const pid = primary?.slots.find(({ name }) => name === node.slot)?.activePid;
  return (
    senders.find((sender) => sender.pid === pid) ??
    (node.name === '' ? undefined : senders.find(({ name }) => name === node.name)) ??
    (senders.length === 1 && standbys.length === 1 ? senders[0] : undefined)
  );
}

const lagSeen = ({ lagBytes, lagSeconds }: Sender): Lag | null =>
  lagBytes === null ? null : { bytes: Math.max(0, lagBytes), receivedBytes: null, seconds: lagSeconds };

/**
 * The smaller of what the primary last heard (a standby reports every 10 s when nothing comes) and what the standby itself says.
 * Without a primary: what it has received and not replayed, which is below zero after a slot was lost.
 */
function lagOf(node: NodeSays, primary: NodeSays | null, sender: Sender | undefined): Lag | null {
  const gap = (from: bigint | null | undefined, to: bigint | null) =>
    from === null || from === undefined || to === null ? null : Math.max(0, Number(from - to));
  const own = gap(primary ? primary.position : node.received, node.replayed);
  const seen = [sender ? (lagSeen(sender)?.bytes ?? null) : null, own].filter((bytes) => bytes !== null);
  if (seen.length === 0) return null;
  const bytes = Math.min(...seen);
  return {
    bytes,
    receivedBytes: gap(primary?.position, node.received),
    seconds: bytes === 0 ? 0 : (sender?.lagSeconds ?? null),
  };
}
