import { pullAlerts } from '../alerts/alertmanager-api.ts';
import type { ToGroups } from '../alerts/group.ts';
import { type Absences, reconcile } from '../alerts/reconcile.ts';
import type { Handle } from '../incident/room.ts';
import { firing, type Incident } from '../incident/state.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { Outbound } from '../kit/outbound.ts';
import type { Receive } from './receive.ts';

/** How often Alertmanager is asked what really fires. */
const everyMs = 30_000;

/** What comparing with Alertmanager needs. */
export type Reconciling = {
  urls: readonly string[];
  /** Whose alerts are ours (ALERTMANAGER_RECEIVERS); empty means all. */
  receivers: readonly string[];
  outbound: Outbound;
  toGroups: ToGroups;
  receive: Receive;
  openIncidents: () => Promise<Incident[]>;
  handle: Handle;
  reopenWithinMs: number;
  reconcileEveryMs?: number | undefined;
  now: () => number;
  report: Log;
};

/** Pulls what Alertmanager holds and mends what its webhooks lost: a firing that never came, a resolve that never came. */
export function createReconciliation(deps: Reconciling) {
  const { urls, receivers, outbound, toGroups, receive, openIncidents, handle, now, report } = deps;
  let absences: Absences = new Map();

  const round = async (): Promise<void> => {
    const answers = await Promise.allSettled(urls.map((url) => pullAlerts(outbound, url)));
    const peers = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    for (const answer of answers) {
      if (answer.status === 'rejected')
        report.warn({ why: reasonOf(answer.reason) }, 'Alertmanager was not asked');
    }
    const incidents = (await openIncidents()).filter(({ state }) => state.source === 'alertmanager');
    const open = incidents.flatMap(({ state }) =>
      firing(state).map(({ fingerprint }) => ({ key: state.key, fingerprint })),
    );
    const found = reconcile({ peers, open, absences, receivers, toGroups, at: now() });
    absences = found.absences;
    if (found.ingest.length > 0) await receive(found.ingest, now());
    for (const { key, fingerprints } of found.resolve) {
      const incident = incidents.find(({ state }) => state.key === key);
      if (incident) await resolveLost(incident, fingerprints);
    }
  };

  const resolveLost = async ({ id, state }: Incident, fingerprints: string[]): Promise<void> => {
    report.info({ incident: id, fingerprints }, 'a resolve was lost on the way; found at Alertmanager');
    const at = now();
    const { key, title, severity, rule, grouping, service, language, treatment } = state;
    const treatments = { P1: treatment, P2: treatment, P3: treatment, P4: treatment };
    await handle(id, {
      type: 'ReceiveAlerts',
      at,
      by: { kind: 'muster', rule: 'absent-at-alertmanager' },
      opening: { key, title, severity, rule, grouping, service, language, treatments, roles: [] },
      firing: [],
      truncated: 0,
      resolved: fingerprints.map((fingerprint) => ({ fingerprint, at })),
      reopenWithinMs: deps.reopenWithinMs,
    });
  };

  return {
    round,
    /** Repeats every 30 s, unless told otherwise, until `stop`; a round that fails is logged and the next one tries again. */
    start: (stop: AbortSignal): void => {
      const again = async (): Promise<void> => {
        await round().catch((error: unknown) =>
          report.warn({ why: reasonOf(error) }, 'reconciliation failed'),
        );
        if (!stop.aborted) setTimeout(again, deps.reconcileEveryMs ?? everyMs).unref();
      };
      void again();
    },
  };
}
