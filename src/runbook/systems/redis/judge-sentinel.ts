import type { Language, Verdict } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import { type Finding, leading } from '../../finding.ts';
import type { Json, StepResult } from '../../step.ts';
import type { Answer } from './ask-redis.ts';
import { bytesOnlyOn } from './lost-writes.ts';
import type { NodeSays } from './node-says.ts';
import { sentinelEvidence } from './sentinel-evidence.ts';
import { type SentinelMessages, sentinelMessages } from './sentinel-messages.ts';
import { type SentinelSummary, summarise } from './sentinel-summary.ts';
import type { SentinelView } from './sentinel-view.ts';

/** From when on a replica counts as lagging. */
export type SentinelLimits = { master: string; lagBytes: number; lagSeconds: number };

/** A replica asks its master for a link once a second (replicationCron): after this many seconds it is not a blink. */
const linkDownSeconds = 3;

/** A failover starts within seconds of the agreement; Sentinels that agreed this long ago and do nothing wait for their retry. */
const failoverStartsWithinMs = 10_000;

/** Turns a view into verdict, cause, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeSentinel(view: SentinelView, limits: SentinelLimits, language: Language): StepResult {
  const summary = summarise(view);
  const say = sentinelMessages(language);
  const findings = findingsOf(view, summary, limits, say);
  return {
    ...leading(findings, say.healthy(summary.master ?? '', summary.promotable.length, summary.reachable)),
    evidence: sentinelEvidence(view, say),
    facts: factsOf(summary),
  };
}

function findingsOf(
  view: SentinelView,
  summary: SentinelSummary,
  limits: SentinelLimits,
  say: SentinelMessages,
): Finding[] {
  const { master, masterAnswer, total } = summary;
  if (master === null || masterAnswer === null) return [withoutMaster(view, limits.master, say)];
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string, cause?: string) =>
    findings.push({ verdict, sentence, cause });
  const moving = summary.failingOver ? 'warn' : 'fail';

  if (summary.selfMasters.length > 1) {
    const alone = strayText(view, summary, say);
    const { strays, settling } = summary;
    if (settling.length > 0 && settling.length === strays.length)
      add('warn', say.settling(settling.join(', '), master) + alone);
    else add(moving, say.splitBrain(summary.selfMasters.join(', '), master) + alone, 'split-brain');
  }
  if (summary.named.length > 1) {
    const votes = summary.named.map(([address, count]) => `${address} (${count})`).join(', ');
    add(moving, say.disagree(votes), 'sentinels-disagree');
  }
  if (masterAnswer.state === 'rejected' && /max number of clients/i.test(masterAnswer.reason)) {
    add('fail', say.maxClients(master), 'max-clients-reached');
  } else if (masterAnswer.state === 'denied' || masterAnswer.state === 'rejected') {
    add('unknown', say.masterDenied(master, masterAnswer.reason));
  } else if (masterAnswer.state !== 'answered') findings.push(masterGone(view, summary, say));
  else findings.push(...masterFindings(view, masterAnswer.value, summary, limits, say));

  if (masterAnswer.state === 'answered' && !summary.quorumOk) {
    const verdict = summary.quorumLost ? 'fail' : 'warn';
    add(verdict, say.quorumLostHealthy(master, whyNoQuorum(summary, say)), quorumCause(summary));
  }
  for (const { address, knows } of summary.unaware) add('warn', say.unaware(address, knows, total - 1));
  const unaware = new Set(summary.unaware.map(({ address }) => address));
  for (const { address, text } of summary.dissenting)
    if (!unaware.has(address)) add('warn', say.dissents(address, text));
  for (const answer of summary.unreachable) add('warn', say.sentinelDown(answer.address, how(answer, say)));
  for (const answer of summary.missing) add('warn', say.nodeMissing(answer.address, how(answer, say)));
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
  if (nobody) return { verdict: 'unknown', sentence: say.nothingAnswers(total) };
  const crashed = view.sentinels.every(({ state }) => state === 'refused');
  return { verdict: 'fail', sentence: say.noSentinel(total), cause: crashed ? 'sentinels-down' : undefined };
}

/** What the way in which a master does not answer proves. */
const gone: Partial<Record<Answer<unknown>['state'], string>> = {
  refused: 'master-crashed',
  silent: 'master-frozen',
  unreachable: 'master-unreachable',
};

/** The master does not answer: says in one sentence why nothing moved by itself, or that it is moving. */
function masterGone(view: SentinelView, summary: SentinelSummary, say: SentinelMessages): Finding {
  const { masterAnswer, objectivelyDownMs, failoverTimeoutMs } = summary;
  const master = summary.master!;
  const silence = how(masterAnswer!, say);
  if (view.masterHeardBy.length > 0) {
    const by = view.masterHeardBy.join(', ');
    // When no Redis node at all can be reached from here, it is this worker that is cut off.
    return view.nodes.some(({ state }) => state === 'answered')
      ? { verdict: 'fail', sentence: say.partitioned(master, by), cause: 'master-partitioned' }
      : { verdict: 'unknown', sentence: say.cutOff(master, by) };
  }
  const fail = (why: string, cause = gone[masterAnswer!.state]): Finding => {
    const sentence = `${why.charAt(0).toUpperCase()}${why.slice(1)}; ${say.masterGone(master, silence)}.`;
    return { verdict: 'fail', sentence, cause };
  };
  if (summary.failingOver) {
    const late = objectivelyDownMs > 2 * failoverTimeoutMs && failoverTimeoutMs > 0;
    return late
      ? fail(say.failoverStuck(formatDuration(objectivelyDownMs)), 'failover-stuck')
      : { verdict: 'warn', sentence: say.failingOver(master, silence) };
  }
  if (!summary.quorumOk) return fail(whyNoQuorum(summary, say), quorumCause(summary));
  if (summary.promotable.length === 0) {
    const certain = summary.missing.every(({ state }) => state === 'refused');
    return fail(say.nobodyToPromote, certain ? 'no-promotable-replica' : undefined);
  }
  if (summary.subjectivelyDown === 0) {
    const said = view.sentinels.find((answer) => answer.state === 'answered');
    return fail(say.notYetDown(said?.state === 'answered' ? formatDuration(said.value.downAfterMs) : ''));
  }
  if (!summary.objectivelyDown) return fail(say.notAgreedDown(summary.subjectivelyDown, summary.quorum));
  if (objectivelyDownMs > failoverStartsWithinMs) {
    return fail(say.failoverStuck(formatDuration(objectivelyDownMs)), 'failover-stuck');
  }
  return fail(say.waitingForRetry);
}

function masterFindings(
  view: SentinelView,
  says: NodeSays,
  summary: SentinelSummary,
  limits: SentinelLimits,
  say: SentinelMessages,
): Finding[] {
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string, cause?: string) =>
    findings.push({ verdict, sentence, cause });
  const master = summary.master!;
  if (says.role !== 'master') {
    if (summary.failingOver) return [{ verdict: 'warn', sentence: say.failingOver(master, 'role:slave') }];
    const other = summary.selfMasters[0];
    return other === undefined
      ? [{ verdict: 'fail', sentence: say.noMaster(master), cause: 'no-master' }]
      : [{ verdict: 'fail', sentence: say.otherMaster(master, other), cause: 'sentinels-name-a-replica' }];
  }
  if (says.loading) add('fail', say.loading(master), 'master-loading');
  const refusal = summary.refusesWrites
    ? say.refusesWrites(master, says.goodReplicas ?? 0, says.minReplicas ?? 1)
    : '';
  for (const node of view.nodes) {
    if (node.state !== 'answered' || node.value.role !== 'slave' || node.value.linkUp) continue;
    const { linkDownSeconds: seconds, follows } = node.value;
    const followed = follows ?? say.none;
    if (seconds === null) add('warn', say.noLinkYet(node.address, followed));
    else if (seconds === 0) add('warn', say.syncing(node.address, followed));
    else {
      const sentence = say.linkDown(node.address, followed, formatDuration(seconds * 1000));
      if (seconds <= linkDownSeconds) add('warn', sentence);
      else add('fail', [sentence, refusal].join(' ').trim(), 'replica-link-down');
    }
  }
  if (refusal !== '') add('fail', refusal, 'min-replicas-unmet');
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
  if ((says.minReplicas ?? says.goodReplicas ?? 0) === 0 && says.goodReplicas === null) {
    add('warn', say.noMinReplicas(master));
  }
  return findings;
}

/** What the strays alone have, as far as their histories tell: it is lost when they are attached again. */
function strayText(view: SentinelView, { strays, masterAnswer }: SentinelSummary, say: SentinelMessages) {
  if (masterAnswer?.state !== 'answered') return '';
  const known = view.nodes.flatMap((node) =>
    node.state === 'answered' && strays.includes(node.address)
      ? [say.strayHas(node.address, node.value.keys, bytesOnlyOn(node.value, masterAnswer.value))]
      : [],
  );
  return known.length === 0 ? '' : ` ${known.join(' ')}`;
}

/** Sure only where the Sentinels themselves miss a quorum; that some are unreachable from here may be our own network. */
function quorumCause({ quorumLost, unaware, unreachable }: SentinelSummary): string | undefined {
  if (!quorumLost) return undefined;
  return unaware.length > 0 && unreachable.length === 0 ? 'sentinels-unaware' : 'quorum-lost';
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
    // What is settling is not for people to attach.
    strays: summary.strays.filter((stray) => !summary.settling.includes(stray)),
    agreed: summary.named.length === 1,
    promotable: summary.promotable,
    failover_in_progress: summary.failingOver,
    refuses_writes: summary.refusesWrites,
    stuck: summary.stuck,
  };
}
