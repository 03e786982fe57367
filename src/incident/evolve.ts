import { personOf } from './commands.ts';
import type { EventOf, IncidentEvent } from './events.ts';
import { evolveSteps, withoutApprovals } from './evolve-steps.ts';
import type { IncidentState, KnownAlert, Live, PagingState, RoleState } from './state.ts';
import { type Alert, type Role, roles } from './words.ts';

/** Folds one event into the state. Total: an event that does not fit (it never should) leaves the state as it is. */
export function evolve(state: IncidentState, event: IncidentEvent): IncidentState {
  if (event.type === 'IncidentOpened') return state ?? opened(event);
  return state === null ? null : evolveLive(state, event);
}

/** Folds a whole log. */
export const replay = (events: IncidentEvent[], from: IncidentState = null): IncidentState =>
  events.reduce(evolve, from);

function opened(event: EventOf<'IncidentOpened'>): Live {
  const vacant = (): RoleState => ({
    person: null,
    accepted: false,
    since: event.at,
    rule: 'vacant',
    offer: null,
  });
  return {
    key: event.key,
    title: event.title,
    severity: event.severity,
    rule: event.rule,
    grouping: event.grouping,
    source: event.source,
    service: event.service,
    language: event.language,
    treatment: event.treatment,
    openedAt: event.at,
    status: { is: 'open' },
    alerts: event.alerts.map(known),
    truncated: event.truncated,
    roles: Object.fromEntries(roles.map((role) => [role, vacant()])) as Record<Role, RoleState>,
    paging: { round: 1, roundStartedAt: event.at, levels: [], sent: [], failed: [], empty: [] },
    acknowledged: null,
    channel: null,
    card: null,
    runs: [],
    exhibits: [],
    notes: [],
    lastUpdate: null,
    postmortem: null,
  };
}

const known = (alert: Alert): KnownAlert => ({ ...alert, resolvedAt: null, resolveSeenAt: null });

/** A round that reached nobody yet exists only as that report: the new one comes after it, with all its levels ahead. */
const newRound = (paging: PagingState, at: number): PagingState => ({
  ...paging,
  round: Math.max(paging.round, ...paging.empty.map((one) => one.round)) + 1,
  roundStartedAt: at,
});

function evolveLive(state: Live, event: Exclude<IncidentEvent, { type: 'IncidentOpened' }>): Live {
  switch (event.type) {
    case 'AlertsFired': {
      const fired = new Map(event.alerts.map((alert) => [alert.fingerprint, known(alert)]));
      const kept = state.alerts.filter((alert) => !fired.has(alert.fingerprint));
      const status = state.status.is === 'recovering' ? ({ is: 'open' } as const) : state.status;
      return { ...state, status, alerts: [...kept, ...fired.values()], truncated: event.truncated };
    }
    case 'AlertsResolved': {
      const gone = new Map(event.alerts.map((alert) => [alert.fingerprint, alert.at]));
      const alerts = state.alerts.map((alert) => {
        const at = gone.get(alert.fingerprint);
        return at === undefined ? alert : { ...alert, resolvedAt: at, resolveSeenAt: event.at };
      });
      return { ...state, alerts };
    }
    case 'SeverityChanged': {
      const pagesAnew = event.treatment.page && event.to < event.from;
      const paging = pagesAnew ? newRound(state.paging, event.at) : state.paging;
      const acknowledged = pagesAnew ? null : state.acknowledged;
      // Whoever makes it worse says that it is not over; while it seems to recover nobody would be paged.
      const status = pagesAnew && state.status.is === 'recovering' ? ({ is: 'open' } as const) : state.status;
      return {
        ...state,
        status,
        severity: event.to,
        rule: event.rule,
        treatment: event.treatment,
        paging,
        acknowledged,
      };
    }
    case 'RoleProposed':
    case 'RoleAccepted': {
      const accepted = event.type === 'RoleAccepted';
      const role = { person: event.person, accepted, since: event.at, rule: event.rule, offer: null };
      return { ...state, roles: { ...state.roles, [event.role]: role } };
    }
    case 'HandoffOffered':
      return withOffer(state, event.role, { to: event.to, at: event.at });
    case 'HandoffDeclined':
      return withOffer(state, event.role, null);
    case 'Acknowledged':
      return { ...state, acknowledged: { person: event.person, at: event.at } };
    case 'RecoveryProposed':
      return { ...state, status: { is: 'recovering', since: event.at } };
    case 'Resolved': {
      return {
        ...state,
        status: { is: 'resolved', at: event.at, by: personOf(event.by), reason: event.reason },
        runs: withoutApprovals(state.runs, event.at),
      };
    }
    case 'Reopened':
      return {
        ...state,
        status: { is: 'open' },
        acknowledged: null,
        paging: newRound(state.paging, event.at),
      };
    case 'ChannelCreated':
      return { ...state, channel: { id: event.channel, name: event.name } };
    case 'CardPosted':
      return { ...state, card: { channel: event.channel, ts: event.ts } };
    case 'NoteAdded':
      return { ...state, notes: [...state.notes, noteKey(event)] };
    case 'EvidenceAdded':
      return { ...state, exhibits: [...state.exhibits, { ...event.exhibit, at: event.at }] };
    case 'UpdatePosted': {
      return { ...state, lastUpdate: { text: event.text, at: event.at, by: personOf(event.by) } };
    }
    case 'LevelReached':
    case 'NobodyOnCall':
    case 'PageSent':
    case 'PageFailed':
      return { ...state, paging: evolvePaging(state.paging, event) };
    case 'PostmortemRequested':
      return { ...state, postmortem: { requestedAt: event.at, pullRequest: null } };
    case 'PullRequestOpened': {
      const { number, url, branch, sha } = event;
      const requestedAt = state.postmortem?.requestedAt ?? event.at;
      return {
        ...state,
        postmortem: { requestedAt, pullRequest: { number, url, branch, sha, state: 'open' } },
      };
    }
    case 'PullRequestReviewed':
      return event.kind === 'commented' ? state : withPullRequest(state, event.kind);
    case 'PullRequestClosed':
      return withPullRequest(state, event.merged ? 'merged' : 'closed');
    default:
      return { ...state, runs: evolveSteps(state.runs, event) };
  }
}

/** What makes two notes the same note: the message they were written as. */
export const noteKey = (note: { writtenAt: number; author: string; permalink: string | null }): string =>
  note.permalink ?? `${note.author}@${note.writtenAt}`;

function withOffer(state: Live, role: Role, offer: RoleState['offer']): Live {
  return { ...state, roles: { ...state.roles, [role]: { ...state.roles[role], offer } } };
}

function withPullRequest(state: Live, to: 'approved' | 'changes-requested' | 'merged' | 'closed'): Live {
  if (!state.postmortem?.pullRequest) return state;
  return {
    ...state,
    postmortem: { ...state.postmortem, pullRequest: { ...state.postmortem.pullRequest, state: to } },
  };
}

type PagingEvent = EventOf<'LevelReached' | 'NobodyOnCall' | 'PageSent' | 'PageFailed'>;

function evolvePaging(paging: PagingState, event: PagingEvent): PagingState {
  const { type: _, by: __, ...entry } = event;
  switch (event.type) {
    case 'LevelReached': {
      // A level of a later round opens that round: the ladder is climbed again from the bottom.
      const newer = event.round > paging.round ? { round: event.round, roundStartedAt: event.at } : {};
      return { ...paging, ...newer, levels: [...paging.levels, entry as PagingState['levels'][number]] };
    }
    case 'NobodyOnCall':
      return {
        ...paging,
        empty: [...paging.empty, { round: event.round, level: event.level, at: event.at }],
      };
    case 'PageSent':
      return { ...paging, sent: [...paging.sent, entry as PagingState['sent'][number]] };
    case 'PageFailed':
      return { ...paging, failed: [...paging.failed, entry as PagingState['failed'][number]] };
  }
}
