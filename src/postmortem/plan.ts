import type { Memory, Plan } from '../incident/room.ts';
import type { Incident, PullRequestState } from '../incident/state.ts';
import type { Severity } from '../incident/words.ts';

/**
 * What the room does: ask for the draft of a resolved incident, publish it (again when the incident was resolved after the first
 * time), or read the pull request, because GitHub does not send a lost webhook again.
 */
export type PostmortemAction =
  | { do: 'request'; rule: string }
  | { do: 'publish' }
  | { do: 'read'; number: number };

/** The severities whose incidents get a draft without anybody asking: `postmortem.on` in muster.yaml. */
export type PlanRules = { on: readonly Severity[] };

const minute = 60_000;
const hour = 60 * minute;

/** States in which a pull request can still change by itself. */
const unfinished: readonly PullRequestState['state'][] = ['open', 'approved', 'changes-requested'];

/** What is still to be done for the postmortem of an incident, and when to look again. Pure. */
export function planPostmortem(
  { state, events }: Incident,
  now: number,
  memory: Memory,
  rules: PlanRules,
): Plan<PostmortemAction> {
  const { status, postmortem, severity } = state;
  if (postmortem === null) {
    const due = status.is === 'resolved' && rules.on.includes(severity);
    return { actions: due ? [{ do: 'request', rule: `postmortem-on-${severity}` }] : [], wakeAt: null };
  }
  const pull = postmortem.pullRequest;
  if (pull === null) return { actions: [{ do: 'publish' }], wakeAt: null };
  const publishedAt = events.findLast((event) => event.type === 'PullRequestOpened')?.at ?? 0;
  const stale = status.is === 'resolved' && Number(memory.writtenAt ?? publishedAt) < status.at;
  if (stale && pull.state === 'open') return { actions: [{ do: 'publish' }], wakeAt: null };
  if (pull.number === null || !unfinished.includes(pull.state)) return { actions: [], wakeAt: null };
  const lookAt = Number(memory.readAt ?? publishedAt) + pollInterval(now - publishedAt);
  return lookAt <= now
    ? { actions: [{ do: 'read', number: pull.number }], wakeAt: null }
    : { actions: [], wakeAt: lookAt };
}

/** Every 5 minutes at first, slower as the review takes longer, hourly after a day: a hundred old drafts must not use up the rate limit. */
const pollInterval = (age: number): number => Math.min(hour, Math.max(5 * minute, age / 24));
