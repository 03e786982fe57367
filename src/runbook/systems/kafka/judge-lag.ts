import type { Language, Verdict } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import type { StepResult } from '../../step.ts';
import { lagIn, lagOf, type Movement, movementOf } from './group-movement.ts';
import type { GroupSeen, GroupView } from './group-view.ts';
import { type KafkaMessages, kafkaMessages } from './kafka-messages.ts';
import { lagEvidence, placeName } from './lag-evidence.ts';
import { type LagMessages, lagMessages } from './lag-messages.ts';

/** Whose lag it is, and from how many messages on it is too much. */
export type LagLimits = { group: string; maxLag: number };

type Finding = { verdict: Verdict; sentence: string; cause?: string };
type Say = LagMessages & Pick<KafkaMessages, 'troubles'>;

const worst: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/** True when one look cannot tell a backlog that drains from one that is stuck. */
export const needsSecondLook = (seen: GroupSeen, { maxLag }: LagLimits): boolean =>
  seen.members.length > 0 && seen.unread.length === 0 && lagIn(seen) > maxLag;

/** Turns the last look, and the one before it where there was one, into a result. Pure. */
export function judgeLag(
  view: GroupView,
  before: GroupSeen | null,
  limits: LagLimits,
  language: Language,
): StepResult {
  const say: Say = { ...lagMessages(language), troubles: kafkaMessages(language).troubles };
  const movement = view.state === 'seen' && before !== null ? movementOf(before, view.seen) : null;
  const findings =
    view.state === 'seen'
      ? seenFindings(view.seen, before, movement, limits, say)
      : [notSeen(view, limits.group, say)];
  const verdict = worst.find((one) => findings.some((finding) => finding.verdict === one)) ?? 'pass';
  const finding = findings.find((one) => one.verdict === verdict)!;
  if (view.state !== 'seen') return { ...finding, evidence: { columns: [], rows: [] }, facts: {} };
  const { seen } = view;
  return {
    ...finding,
    evidence: lagEvidence(seen, movement, say),
    facts: {
      state: seen.state,
      members: seen.members.length,
      lag: lagIn(seen),
      read_per_second: movement && Math.round(movement.read / movement.seconds),
      arrived_per_second: movement && Math.round(movement.arrived / movement.seconds),
    },
  };
}

function notSeen(view: Exclude<GroupView, { state: 'seen' }>, group: string, say: Say): Finding {
  const unknown = (sentence: string): Finding => ({ verdict: 'unknown', sentence });
  const how = (state: keyof typeof say.troubles | 'answered') =>
    state === 'answered' ? '' : say.troubles[state];
  switch (view.state) {
    case 'nobody':
      return unknown(
        say.nobody(view.tried.map(({ address, state }) => `${address}: ${how(state)}`).join('; ')),
      );
    case 'missing-right':
      return unknown(say.missingRight(view.resource, view.name));
    case 'no-topic':
      return unknown(say.noTopic(view.name));
    case 'never-used':
      return unknown(say.neverUsed(group));
    case 'broke':
      return unknown(say.broke(view.address, view.reason));
    case 'no-coordinator':
      return {
        verdict: 'fail',
        sentence: say.noCoordinator(group),
        cause: 'kafka-group-without-coordinator',
      };
    case 'coordinator-mute': {
      const sentence = say.coordinatorMute(group, view.node, view.address, how(view.how));
      const sure = view.how === 'silent' || view.how === 'refused';
      return sure
        ? { verdict: 'fail', sentence, cause: `kafka-coordinator-${view.how}` }
        : { verdict: 'unknown', sentence };
    }
  }
}

function seenFindings(
  seen: GroupSeen,
  before: GroupSeen | null,
  movement: Movement | null,
  limits: LagLimits,
  say: Say,
): Finding[] {
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string) => findings.push({ verdict, sentence });
  const { group, maxLag } = limits;
  const lag = lagIn(seen);
  const members = seen.members.length;
  const committed = seen.partitions.some((one) => one.committed !== null);
  if (!committed && members === 0) add('unknown', say.noGroup(group));
  else if (!committed && seen.partitions.length === 0) add('unknown', say.nothingVisible(group, members));
  else if (lag > maxLag) findings.push(behind(seen, before, movement, limits, say));
  else if (members === 0 && lag > 0) add('warn', say.emptyWithLittle(group, lag));

  for (const { node, how } of seen.unread)
    add('unknown', say.unread(node, how === null ? say.notRegistered : say.troubles[how]));
  for (const one of seen.partitions) if (one.leader < 0) add('unknown', say.noLeader(placeName(one)));
  for (const one of seen.partitions) {
    const { committed: at, start } = one;
    if (at !== null && start !== null && at < start) add('warn', say.expired(placeName(one), start - at));
  }
  add('pass', say.healthy(group, members, lag, maxLag));
  return findings;
}

/** The group is too far behind: says why, as far as two looks tell. */
function behind(
  seen: GroupSeen,
  before: GroupSeen | null,
  movement: Movement | null,
  { group, maxLag }: LagLimits,
  say: Say,
): Finding {
  const lag = lagIn(seen);
  const members = seen.members.length;
  const most = [...seen.partitions].sort((a, b) => (lagOf(b) ?? 0) - (lagOf(a) ?? 0))[0]!;
  const fail = (cause: string, sentence: string): Finding => ({
    verdict: 'fail',
    sentence,
    cause: `kafka-${cause}`,
  });
  if (members === 0) return fail('group-without-members', say.withoutMembers(group, lag, placeName(most)));
  if (movement === null || before === null) return { verdict: 'warn', sentence: say.justBehind(group, lag) };
  const { read, arrived } = movement;
  const seconds = Math.round(movement.seconds);
  if (read <= 0) {
    const rebalancing = [before, seen].every(({ state }) => /rebalanc|assigning|reconciling/i.test(state));
    if (rebalancing) return fail('group-rebalancing', say.rebalancing(group, lag, seconds));
    const who = heldBy(seen, placeName(most), say);
    return fail('consumer-stuck', say.stuck(group, members, lag, seconds, placeName(most), who));
  }
  const still = movement.partitions.filter((one) => one.lag > 0 && one.read <= 0);
  const stillLag = still.reduce((sum, one) => sum + one.lag, 0);
  if (stillLag > maxLag) {
    const worstOne = placeName([...still].sort((a, b) => b.lag - a.lag)[0]!.now);
    const who = heldBy(seen, worstOne, say);
    return fail('partition-stuck', say.partitionStuck(group, worstOne, stillLag, seconds, who));
  }
  const rate = (count: number) => (count / movement.seconds).toFixed(0);
  if (arrived >= read) return fail('consumer-too-slow', say.tooSlow(group, lag, rate(read), rate(arrived)));
  const left = formatDuration(1000 * Math.ceil(lag / ((read - arrived) / movement.seconds)));
  return { verdict: 'warn', sentence: say.draining(group, lag, rate(read), rate(arrived), left) };
}

function heldBy({ members }: GroupSeen, place: string, say: Say): string {
  const member = members.find(({ partitions }) => partitions?.includes(place));
  return member ? say.heldBy(member.clientId, member.host) : '';
}
