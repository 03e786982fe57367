import type { EnqueueBody } from './enqueue-body.ts';

/** A page that somebody sees: one per dedup key while it is not resolved, however often it was sent. */
export type PagerDutyIncident = {
  id: string;
  routingKey: string;
  dedupKey: string;
  summary: string;
  severity: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  /** How many trigger events were folded into it. */
  triggers: number;
  at: number;
  acknowledgedBy: string | null;
  payload: unknown;
  links: { href: string; text?: string | undefined }[];
};

/** What an accepted event did; a dropped one was accepted and had no effect, as at PagerDuty. */
export type Effect = 'opened' | 'folded' | 'acknowledged' | 'resolved' | 'dropped';

/** The incidents of one account and the rules by which events change them. */
export type Incidents = {
  all: PagerDutyIncident[];
  apply(event: EnqueueBody, dedupKey: string, at: number): Effect;
  /** The incident that is open under a key, if any. */
  openWith(dedupKey: string, routingKey?: string): PagerDutyIncident | undefined;
};

/** Creates an account without incidents. */
export function createIncidents(): Incidents {
  const all: PagerDutyIncident[] = [];
  const openWith = (dedupKey: string, routingKey?: string) =>
    all.find(
      (one) =>
        one.dedupKey === dedupKey &&
        one.status !== 'resolved' &&
        (routingKey === undefined || one.routingKey === routingKey),
    );
  return {
    all,
    openWith,
    apply(event, dedupKey, at) {
      const open = openWith(dedupKey, event.routing_key);
      if (event.event_action === 'trigger') {
        if (open) {
          open.triggers += 1;
          return 'folded';
        }
        all.push({
          id: `Q${String(all.length + 1).padStart(13, '0')}`,
          routingKey: event.routing_key,
          dedupKey,
          summary: event.payload.summary,
          severity: event.payload.severity,
          status: 'triggered',
          triggers: 1,
          at,
          acknowledgedBy: null,
          payload: event.payload,
          links: event.links ?? [],
        });
        return 'opened';
      }
      if (!open) return 'dropped';
      if (event.event_action === 'acknowledge') {
        open.status = 'acknowledged';
        return 'acknowledged';
      }
      open.status = 'resolved';
      return 'resolved';
    },
  };
}
