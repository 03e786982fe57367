import type { Language } from '../../../incident/words.ts';
import { type Finding, leading } from '../../finding.ts';
import { formatBytes } from '../../format-bytes.ts';
import type { Json, StepResult } from '../../step.ts';
import { replicationEvidence } from './replication-evidence.ts';
import { type ReplicationMessages, replicationMessages } from './replication-messages.ts';
import {
  type Lag,
  type Missing,
  type Node,
  type ReplicationLimits,
  type ReplicationSummary,
  summarise,
} from './replication-summary.ts';
import type { ReplicationView } from './replication-view.ts';

type Rule = (summary: ReplicationSummary, limits: ReplicationLimits, say: ReplicationMessages) => Finding[];

const fail = (cause: string, sentence: string): Finding => ({ verdict: 'fail', cause, sentence });
const warn = (sentence: string): Finding => ({ verdict: 'warn', sentence });
const unknown = (sentence: string): Finding => ({ verdict: 'unknown', sentence });

/** Turns a view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeReplication(
  view: ReplicationView,
  limits: ReplicationLimits,
  language: Language,
): StepResult {
  const say = replicationMessages(language);
  const summary = summarise(view, limits);
  const findings = rules.flatMap((rule) => rule(summary, limits, say));
  return {
    ...leading(findings, healthy(summary, say)),
    evidence: replicationEvidence(view, summary, say),
    facts: factsOf(summary),
  };
}

/** What a lone missing node among standbys makes of the primary. */
const primaryIs: Partial<Record<Missing['state'], string>> = {
  silent: 'frozen',
  refused: 'down',
  unreachable: 'unreachable',
  unresolved: 'unreachable',
};

const list = (nodes: { address: string }[]) => nodes.map(({ address }) => address).join(', ');
const receives = ({ receiver }: Node) => receiver?.status === 'streaming';
/** A standby that only replays an archive has no receiver and needs none. */
const lostReceiver = ({ receiver, streams, received }: Node) =>
  receiver === null && (streams ?? received !== null);

/** It answers, only not what was asked: it may be anything, also the primary. */
const answersSomehow = ({ state }: Missing) =>
  ['denied', 'full', 'starting', 'rejected', 'broken'].includes(state);

const noAnswer: Rule = ({ primaries, standbys, missing }, _, say) => {
  if (primaries.length + standbys.length > 0 || missing.some(answersSomehow)) return [];
  return missing.every(({ state }) => state === 'refused')
    ? [fail('postgres-down', say.allRefuse(list(missing)))]
    : [unknown(say.nothingAnswers(list(missing)))];
};

const splitBrain: Rule = ({ primaries }, _, say) => {
  const newest = primaries.toSorted((a, b) => b.timeline - a.timeline)[0];
  const same = primaries.filter(({ systemId }) => systemId === newest?.systemId);
  if (same.length > 1)
    return [fail('split-brain', say.splitBrain(list(same), newest!.address, newest!.timeline))];
  return primaries.length > 1 ? [unknown(say.otherCluster(list(primaries)))] : [];
};

const noPrimary: Rule = ({ primaries, standbys, missing }, _, say) => {
  if (primaries.length > 0 || standbys.length === 0 || missing.some(answersSomehow)) return [];
  const [gone] = missing;
  const frozen = missing.length === 1 && gone?.state === 'silent';
  // They still receive, so a primary is there: under another address, or cut off from here only.
  if (standbys.some(receives) && !frozen)
    return [(gone ? unknown : warn)(say.primaryElsewhere(list(standbys)))];
  if (gone) {
    const cause = missing.length > 1 ? 'down' : primaryIs[gone.state];
    const all = missing.map(({ address, state }) => `${address}: ${say.how[state]}`).join('; ');
    return [fail(`primary-${cause}`, say.primaryGone(all, list(standbys)))];
  }
  const waiting = standbys.filter(lostReceiver);
  return waiting.length > 0 ? [fail('receiver-down', say.nobodySends(list(waiting)))] : [];
};

const missingNodes: Rule = ({ primary, standbys, missing, streaming }, limits, say) =>
  missing.flatMap((node): Finding[] => {
    const how = say.how[node.state];
    if (node.state === 'full') return [fail('connections-exhausted', say.full(node.address, node.reason))];
    if (answersSomehow(node)) return [unknown(say.notTold(node, how, node.state === 'denied'))];
    if (primary === null) return [];
    if (node.state === 'silent') return [fail('standby-frozen', say.standbyGone(node.address, how))];
    // As many stream as should: then only the way from here is broken, or the list of nodes is wrong.
    if (streaming >= (limits.standbys ?? standbys.length + missing.length))
      return [unknown(say.unseen(node.address, how, primary.address))];
    const cause = node.state === 'refused' ? 'standby-down' : 'standby-unreachable';
    return [fail(cause, say.standbyGone(node.address, how))];
  });

const lostSlots: Rule = ({ primary, standbys, missing, slots, streaming }, limits, say) => {
  const served = missing.length === 0 && streaming >= (limits.standbys ?? standbys.length);
  return slots
    .filter(({ why }) => why === 'lost')
    .map(({ name, physical }) => {
      const user = standbys.find(({ slot }) => slot === name)?.address;
      const idle = user === undefined && standbys.length > 0 && served;
      return idle
        ? warn(say.slotLostUnused(name, primary!.address))
        : fail('slot-lost', say.slotLost(name, primary!.address, user, physical));
    });
};

const receivers: Rule = ({ primary, standbys }, _, say) => {
  if (primary === null) return [];
  return standbys.flatMap((node): Finding[] => {
    if (!lostReceiver(node)) {
      const status = node.receiver?.status ?? 'streaming';
      return status === 'streaming' ? [] : [warn(say.receiverWaits(node.address, status))];
    }
    const slots = [primary, ...standbys].flatMap((one) => one.slots);
    const missesSlot = node.slot !== null && !slots.some(({ name }) => name === node.slot);
    return missesSlot
      ? [fail('slot-missing', say.slotMissing(node.address, node.slot!, primary.address))]
      : [fail('receiver-down', say.receiverDown(node.address, primary.address))];
  });
};

const tooFew: Rule = ({ primary, streaming, missing }, { standbys }, say) =>
  primary && standbys !== null && streaming < standbys && missing.length === 0
    ? [fail('standby-missing', say.tooFew(primary.address, streaming, standbys))]
    : [];

const syncWaits: Rule = ({ primary }, _, say) =>
  primary?.waitsForSync ? [fail('sync-standby-missing', say.syncWaits(primary.address))] : [];

const fullSlots: Rule = ({ primary, slots }, _, say) =>
  slots.flatMap(({ name, why, active, retainedBytes, safeBytes }): Finding[] => {
    if (why !== 'retains' && why !== 'idle') return [];
    const held = formatBytes(retainedBytes ?? 0);
    const rest = safeBytes === null ? null : formatBytes(Math.max(0, safeBytes));
    if (active) return [warn(say.slotBehind(name, primary!.address, held))];
    return why === 'retains'
      ? [fail('inactive-slot-retains-wal', say.slotRetains(name, primary!.address, held, rest))]
      : [warn(say.slotIdle(name, primary!.address, held))];
  });

const lags: Rule = ({ primary, standbys, others }, limits, say) => {
  const late = (lag: Lag | null): lag is Lag =>
    lag !== null &&
    (lag.bytes > limits.lagBytes || (lag.bytes > 0 && (lag.seconds ?? 0) > limits.lagSeconds));
  const text = ({ bytes, seconds }: Lag) => say.behind(formatBytes(bytes), seconds);
  const known = standbys.flatMap((node): Finding[] => {
    const { address, lag, paused, replayWaits, delayMs } = node;
    if (!late(lag)) return paused ? [warn(say.paused(address))] : [];
    if (paused) return [fail('replay-paused', say.pausedBehind(address, text(lag)))];
    if (replayWaits !== null) return [fail('replay-conflict', say.conflict(address, text(lag), replayWaits))];
    if (node.catchingUp) return [warn(say.catchingUp(address, primary!.address, text(lag)))];
    if ((lag.receivedBytes ?? 0) > limits.lagBytes)
      return [fail('receive-lag', say.receiveLag(address, text(lag)))];
    // A delay that was asked for is no lag.
    return delayMs > 0 ? [] : [fail('replay-lag', say.replayLag(address, text(lag)))];
  });
  const rest = others.flatMap(({ sender, lag }): Finding[] => {
    if (!late(lag)) return [];
    return sender.state === 'catchup'
      ? [warn(say.catchingUp(sender.name, primary!.address, text(lag)))]
      : [fail('replay-lag', say.replayLag(sender.name, text(lag)))];
  });
  return [...known, ...rest];
};

const hiddenRows: Rule = ({ hidden }, _, say) =>
  hidden.length > 0 ? [unknown(say.hidden(hidden.join(', ')))] : [];

/** From root to symptom: of several failures the first one is the cause. */
const rules: readonly Rule[] = [
  noAnswer,
  splitBrain,
  noPrimary,
  missingNodes,
  lostSlots,
  receivers,
  tooFew,
  syncWaits,
  fullSlots,
  lags,
  hiddenRows,
];

function healthy({ primary, standbys, streaming }: ReplicationSummary, say: ReplicationMessages): string {
  const most = Math.max(0, ...standbys.map(({ lag }) => lag?.bytes ?? 0));
  return primary ? say.healthy(primary.address, streaming, formatBytes(most)) : say.replays(list(standbys));
}

function factsOf({ primary, primaries, standbys, missing, others, streaming, slots }: ReplicationSummary) {
  const all = [...standbys.map(({ lag }) => lag), ...others.map(({ lag }) => lag)];
  const most = (value: (lag: Lag) => number | null) =>
    Math.max(0, ...all.map((lag) => (lag ? (value(lag) ?? 0) : 0)));
  return {
    primary: primary?.address ?? '',
    primaries: primaries.length,
    in_recovery: standbys.map(({ address }) => address),
    missing: missing.map(({ address }) => address),
    streaming,
    lag_bytes: most(({ bytes }) => bytes),
    lag_seconds: most(({ seconds }) => seconds),
    replay_paused: standbys.filter(({ paused }) => paused).map(({ address }) => address),
    conflicts: standbys.reduce((sum, node) => sum + node.conflicts, 0),
    slots_retained_bytes: slots.reduce((sum, slot) => sum + (slot.active ? 0 : (slot.retainedBytes ?? 0)), 0),
    droppable_slots: slots.filter(({ droppable }) => droppable).map(({ name }) => name),
  } satisfies Record<string, Json>;
}
