import type { Language, Verdict } from '../../incident/words.ts';
import { formatDuration } from '../../kit/duration.ts';
import type { Json, StepResult } from '../step.ts';
import type { Answer } from './ask-redis.ts';
import { sentinelEvidence } from './sentinel-evidence.ts';
import { type SentinelMessages, sentinelMessages } from './sentinel-messages.ts';
import { type SentinelSummary, summarise } from './sentinel-summary.ts';
import type { NodeSays, SentinelView } from './sentinel-view.ts';

/** From when on a replica counts as lagging. */
export type SentinelLimits = { master: string; lagBytes: number; lagSeconds: number };

type Finding = { verdict: Verdict; sentence: string };

const worst: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/** Turns a view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeSentinel(view: SentinelView, limits: SentinelLimits, language: Language): StepResult {
  const summary = summarise(view);
  const say = sentinelMessages(language);
  const findings = findingsOf(view, summary, limits, say);
  const verdict = worst.find((one) => findings.some((finding) => finding.verdict === one)) ?? 'pass';
  const first = findings.find((finding) => finding.verdict === verdict)!;
  const evidence = sentinelEvidence(view, say);
  return { verdict, sentence: first.sentence, evidence, facts: factsOf(summary) };
}

function findingsOf(
  view: SentinelView,
  summary: SentinelSummary,
  limits: SentinelLimits,
  say: SentinelMessages,
): Finding[] {
  const { master, masterAnswer, total, reachable } = summary;
  if (master === null || masterAnswer === null) return [withoutMaster(view, limits.master, say)];
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string) => findings.push({ verdict, sentence });
  const moving = summary.failingOver ? 'warn' : 'fail';

  if (summary.selfMasters.length > 1) add(moving, say.splitBrain(summary.selfMasters.join(', '), master));
  if (summary.named.length > 1) {
    add(moving, say.disagree(summary.named.map(([address, votes]) => `${address} (${votes})`).join(', ')));
  }
  if (masterAnswer.state === 'denied' || masterAnswer.state === 'rejected') {
    add('unknown', say.masterDenied(master, masterAnswer.reason));
  } else if (masterAnswer.state !== 'answered') add(...masterGone(view, summary, say));
  else findings.push(...masterFindings(view, masterAnswer.value, summary, limits, say));

  if (masterAnswer.state === 'answered' && !summary.quorumOk) {
    add('warn', say.quorumLostHealthy(master, whyNoQuorum(summary, say)));
  }
  for (const answer of summary.unreachable) add('warn', say.sentinelDown(answer.address, how(answer, say)));
  for (const answer of summary.missing) add('warn', say.nodeMissing(answer.address, how(answer, say)));
  add('pass', say.healthy(master, summary.promotable.length, Math.min(total, reachable)));
  return findings;
}

function withoutMaster(view: SentinelView, name: string, say: SentinelMessages): Finding {
  const total = view.sentinels.length;
  const nobody = view.nodes.every(({ state }) => state !== 'answered');
  const problem = view.sentinels.find(({ state }) => state === 'denied' || state === 'rejected');
  if (problem && problem.state !== 'answered') {
    if (/No such master/.test(problem.reason))
      return { verdict: 'unknown', sentence: say.unknownMaster(name) };
    return { verdict: 'unknown', sentence: say.denied(problem.address, problem.reason) };
  }
  return nobody
    ? { verdict: 'unknown', sentence: say.nothingAnswers(total) }
    : { verdict: 'fail', sentence: say.noSentinel(total) };
}

/** The master does not answer: says in one sentence why nothing moved by itself, or that it is moving. */
function masterGone(view: SentinelView, summary: SentinelSummary, say: SentinelMessages): [Verdict, string] {
  const master = summary.master!;
  const gone = say.masterGone(master, how(summary.masterAnswer!, say));
  if (summary.failingOver) return ['warn', say.failingOver(master, how(summary.masterAnswer!, say))];
  const sentence = (why: string) => `${why.charAt(0).toUpperCase()}${why.slice(1)}; ${gone}.`;
  if (!summary.quorumOk) return ['fail', sentence(whyNoQuorum(summary, say))];
  if (summary.promotable.length === 0) return ['fail', sentence(say.nobodyToPromote)];
  if (summary.subjectivelyDown === 0) {
    const said = view.sentinels.find((answer) => answer.state === 'answered');
    const downAfter = said?.state === 'answered' ? formatDuration(said.value.downAfterMs) : '';
    return ['fail', sentence(say.notYetDown(downAfter))];
  }
  if (!summary.objectivelyDown) {
    return ['fail', sentence(say.notAgreedDown(summary.subjectivelyDown, summary.quorum))];
  }
  return ['fail', sentence(say.waitingForRetry)];
}

function masterFindings(
  view: SentinelView,
  says: NodeSays,
  summary: SentinelSummary,
  limits: SentinelLimits,
  say: SentinelMessages,
): Finding[] {
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string) => findings.push({ verdict, sentence });
  const master = summary.master!;
  if (says.role !== 'master') {
    if (summary.failingOver) return [{ verdict: 'warn', sentence: say.failingOver(master, 'role:slave') }];
    return [{ verdict: 'fail', sentence: say.noMaster(master) }];
  }
  if (says.loading) add('fail', say.loading(master));
  if (summary.refusesWrites)
    add('fail', say.refusesWrites(master, says.goodReplicas ?? 0, says.minReplicas ?? 0));
  const online = says.replicas.filter((replica) => replica.online);
  if (online.length === 0) add('warn', say.noReplica(master));
  for (const { address, lagBytes: acknowledged, lagSeconds } of online) {
    // The master hears from a replica once a second; what the replica itself says is newer.
    const own = view.nodes.find((node) => node.address === address);
    const behind = own?.state === 'answered' ? Math.max(0, says.offset - own.value.offset) : acknowledged;
    const lagBytes = Math.min(acknowledged, behind);
    if (lagBytes > limits.lagBytes || lagSeconds > limits.lagSeconds) {
      add('warn', say.lagging(address, lagBytes, lagSeconds));
    }
  }
  for (const { address } of says.replicas.filter((replica) => !replica.online))
    add('warn', say.linkDown(address, master));
  if (says.minReplicas === 0) add('warn', say.noMinReplicas(master));
  return findings;
}

function whyNoQuorum(
  { total, reachable, majority, quorum, quorumText }: SentinelSummary,
  say: SentinelMessages,
): string {
  return reachable < Math.max(majority, quorum)
    ? say.noQuorum(total - reachable, total)
    : say.noPeerQuorum(reachable, total, quorumText);
}

function how(answer: Answer<unknown>, say: SentinelMessages): string {
  return answer.state === 'answered' ? '' : say.unanswered[answer.state];
}

function factsOf(summary: SentinelSummary): Record<string, Json> {
  return {
    sentinels: summary.total,
    sentinels_reachable: summary.reachable,
    quorum_ok: summary.quorumOk,
    master: summary.master ?? '',
    master_state: summary.masterAnswer?.state ?? 'unknown',
    masters: summary.selfMasters.length,
    agreed: summary.named.length === 1,
    promotable: summary.promotable,
    failover_in_progress: summary.failingOver,
    refuses_writes: summary.refusesWrites,
    stuck: summary.stuck,
  };
}
