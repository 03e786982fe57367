import type { AlertGroup } from '../alerts/group.ts';
import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';
import type { Incident } from '../incident/state.ts';
import type { Severity } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';
import type { Outbound } from '../kit/outbound.ts';
import { createAcknowledgeUrl } from '../paging/acknowledge-token.ts';
import { createDirectPaging } from '../paging/direct.ts';
import { type Escalation, type Ladder, usable } from '../paging/ladder.ts';
import { openPagers } from '../paging/open-pagers.ts';
import { createPagingRoom } from '../paging/room.ts';
import type { NextLevel } from '../slack/card-status.ts';
import type { SlackCall } from '../slack/client.ts';
import type { Metrics } from '../web/metrics.ts';
import type { People } from './people.ts';
import type { Store } from './store.ts';

/** What paging needs. */
export type Paging = {
  settings: Settings;
  muster: Muster;
  people: People;
  store: Store;
  ladder: (severity: Severity, service: string | null, at: number) => Ladder;
  slack: SlackCall | null;
  outbound: Outbound;
  metrics: Metrics;
  secret: (name: string) => string;
  linkSecret: string;
  publicUrl: string;
  now: () => number;
  report: Log;
};

/** Who is paged next for an incident, and when; for the card. */
export const createNextLevel =
  (ladder: Paging['ladder'], now: () => number) =>
  ({ state }: Incident): NextLevel => {
    const { paging, acknowledged, status, treatment } = state;
    if (acknowledged || status.is !== 'open' || !treatment.page) return null;
    const done = paging.levels.filter((one) => one.round === paging.round).map((one) => one.level);
    const next = ladder(state.severity, state.service, now()).rungs.find(
      ({ level, people }) => !done.includes(level) && people.length > 0,
    );
    return next ? { at: paging.roundStartedAt + next.afterMs, people: next.people } : null;
  };

/** The paging room, and the way to page round a log that cannot be written. */
export function createPaging(parts: Paging) {
  const { settings, muster, people, store, ladder, slack, metrics, now, report } = parts;
  const pagers = openPagers(muster.pagers, {
    outbound: parts.outbound,
    slack: (method, args, signal) => {
      if (slack === null) throw new Error('Slack is not configured');
      return slack(method, args, { priority: 'page', signal });
    },
    pagerdutyUrl: settings.PAGERDUTY_EVENTS_URL,
    routingKey: settings.PAGERDUTY_ROUTING_KEY,
    secret: parts.secret,
    acknowledgeUrl: createAcknowledgeUrl({ secret: parts.linkSecret, publicUrl: parts.publicUrl, now }),
    now,
  });
  const configured = { has: (name: string) => pagers.has(name) && (name !== 'slack' || slack !== null) };
  const climb = (severity: Severity, service: string | null, at: number): Ladder => {
    const { rungs, repeatMs } = ladder(severity, service, at);
    return { rungs: usable(rungs, configured), repeatMs };
  };
  const escalation: Escalation = ({ state }, at) => climb(state.severity, state.service, at);
  const shared = { who: people.byId, pagers, measure: metrics, now, log: report };
  const direct = createDirectPaging({
    ...shared,
    rungs: ({ severity, service }, at) => climb(severity, service, at).rungs,
    stillDown: () => store.redis.status !== 'ready',
    delay: (ms) => new Promise((wake) => setTimeout(wake, ms).unref()),
  });
  return {
    room: createPagingRoom({
      ...shared,
      escalation,
      fresh: async (id) => (await store.log.load(id)).state,
      sentFor: direct.sentFor,
      merged: direct.merged,
    }),
    /** Pages a P1 group without the log; once per group and process, never rejecting. */
    pageDirectly: ({ key, severity, title, service, firing }: AlertGroup): Promise<void> => {
      const since = firing.reduce(
        (first, { startsAt }) => Math.min(first, startsAt),
        Number.POSITIVE_INFINITY,
      );
      return direct.page({ key, severity, title, service, since });
    },
  };
}
