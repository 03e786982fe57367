import type { ApiGroup } from './alertmanager-api.ts';
import type { AlertGroup, ToGroups } from './group.ts';

/** An alert that fires according to an open incident. */
export type OpenAlert = { key: string; fingerprint: string };

/** How many rounds in a row each open alert was absent; carried from one comparison to the next. */
export type Absences = ReadonlyMap<string, number>;

/** Rounds after which an alert that no peer knows any more has resolved (redis-bullmq-alertmanager §6, "Reconciler"). */
const roundsUntilResolved = 2;

/**
 * Compares what all reachable peers hold with what is open. An active alert that no incident has is to be ingested (a lost firing);
 * an open alert that no peer has held for two rounds is to be resolved (a lost resolve). Silenced and inhibited alerts are neither
 * opened nor resolved. With no peer reachable nothing is concluded. `receivers` limits whose alerts are ours; empty means all.
 */
export function reconcile(input: {
  peers: readonly ApiGroup[][];
  open: readonly OpenAlert[];
  absences: Absences;
  receivers: readonly string[];
  toGroups: ToGroups;
  /** Epoch milliseconds. */
  at: number;
}): { ingest: AlertGroup[]; resolve: { key: string; fingerprints: string[] }[]; absences: Absences } {
  const { peers, open, at } = input;
  if (peers.length === 0) return { ingest: [], resolve: [], absences: input.absences };
  const groups = peers.flat();
  const present = new Set(groups.flatMap((group) => group.alerts.map((alert) => alert.fingerprint)));
  const known = new Set(open.map((alert) => alert.fingerprint));

  const ingest = new Map<string, AlertGroup>();
  for (const { receiver, groupLabels, alerts } of groups) {
    if (input.receivers.length > 0 && !input.receivers.includes(receiver)) continue;
    const missed = alerts.filter(
      ({ status, fingerprint }) => status.state === 'active' && !known.has(fingerprint),
    );
    if (missed.length === 0) continue;
    const wire = missed.map((alert) => ({ ...alert, status: 'firing' as const, endsAt: '' }));
    const payload = { receiver, groupLabels, externalURL: '', truncatedAlerts: 0, alerts: wire };
    for (const group of input.toGroups(payload, at)) {
      ingest.set(`${group.key} ${group.digest}`, group);
    }
  }

  const absences = new Map<string, number>();
  const resolve = new Map<string, string[]>();
  for (const { key, fingerprint } of open) {
    if (present.has(fingerprint)) continue;
    const rounds = (input.absences.get(fingerprint) ?? 0) + 1;
    if (rounds < roundsUntilResolved) absences.set(fingerprint, rounds);
    else resolve.set(key, [...(resolve.get(key) ?? []), fingerprint]);
  }
  return {
    ingest: [...ingest.values()],
    resolve: [...resolve].map(([key, fingerprints]) => ({ key, fingerprints })),
    absences,
  };
}
