import type { Language, Verdict } from '../../../incident/words.ts';
import { oneLine } from '../../../kit/text.ts';
import type { StepResult } from '../../step.ts';
import { clusterEvidence, isUnderMinIsr } from './cluster-evidence.ts';
import { type ClusterMessages, clusterMessages } from './cluster-messages.ts';
import type { ClusterSeen, ClusterView, PartitionView } from './cluster-view.ts';
import { type KafkaMessages, kafkaMessages } from './kafka-messages.ts';

/** What the cluster should be; null expects nothing. */
export type ClusterLimits = { clusterId: string | null; brokers: number | null };

type Finding = { verdict: Verdict; sentence: string; cause?: string };
type Say = ClusterMessages & Pick<KafkaMessages, 'troubles'>;

const worst: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/** A voter of the quorum that has not fetched for longer is lost (controller.quorum.fetch.timeout.ms is 2 s by default). */
const voterSilentMs = 10_000;

/** Turns a view into verdict, sentence, cause, evidence and facts; findings stand from root to symptom. Pure. */
export function judgeCluster(view: ClusterView, limits: ClusterLimits, language: Language): StepResult {
  const say: Say = { ...clusterMessages(language), troubles: kafkaMessages(language).troubles };
  const { seen } = view;
  const findings = seen === null ? [nobody(view, limits, say)] : findingsOf(view, seen, limits, say);
  const verdict = worst.find((one) => findings.some((finding) => finding.verdict === one)) ?? 'pass';
  return {
    ...findings.find((finding) => finding.verdict === verdict)!,
    evidence: clusterEvidence(view, say),
    facts: seen === null ? { reachable: false } : factsOf(seen),
  };
}

function nobody({ tried }: ClusterView, { brokers }: ClusterLimits, say: Say): Finding {
  const denied = tried.find(({ state }) => state === 'denied');
  if (denied) return { verdict: 'unknown', sentence: say.denied(denied.address) };
  const told = tried.map(({ address, state }) =>
    state === 'answered' ? address : `${address}: ${say.troubles[state]}`,
  );
  const sentence = say.nobody(told.join('; '));
  // A host that refuses or is silent was reached; a name or a route that fails may be this worker's own fault.
  const reached = tried.every(({ state }) => state === 'refused' || state === 'silent');
  if (!reached) return { verdict: 'unknown', sentence };
  const [only] = tried;
  // One of several brokers may just be restarting.
  if (only && tried.length === 1 && brokers !== 1)
    return { verdict: 'fail', sentence: say.oneBootstrap(told[0]!), cause: `kafka-bootstrap-${only.state}` };
  return { verdict: 'fail', sentence, cause: 'kafka-down' };
}

function findingsOf(view: ClusterView, seen: ClusterSeen, limits: ClusterLimits, say: Say): Finding[] {
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string) => findings.push({ verdict, sentence });
  const fail = (cause: string, sentence: string) => findings.push({ verdict: 'fail', sentence, cause });
  const { brokers, broken, quorum } = seen;
  const wanted = limits.clusterId ?? seen.clusterId;
  const addresses = [
    ...view.tried,
    ...brokers.map(({ address, answer }) => ({
      address,
      clusterId: answer.state === 'answered' ? answer.clusterId : undefined,
    })),
  ];
  const stranger = addresses.find(({ clusterId }) => clusterId !== undefined && clusterId !== wanted);
  if (stranger)
    fail('kafka-wrong-cluster', say.otherCluster(stranger.address, stranger.clusterId ?? '', wanted));

  const consequence = consequenceOf(broken, say);
  for (const { node, address, answer } of brokers) {
    if (answer.state === 'answered') {
      const { answeringNode } = answer;
      if (answeringNode !== null && answeringNode !== node)
        fail('kafka-wrong-node', say.otherNode(address, node, answeringNode));
    } else if (answer.state === 'silent')
      fail('kafka-broker-silent', say.brokerSilent(node, address, consequence));
    else if (answer.state === 'refused')
      fail('kafka-broker-refuses', say.brokerRefuses(node, address, consequence));
    else add('unknown', say.brokerUnusable(node, address, say.troubles[answer.state]));
  }
  const missing = missingNodes(seen);
  if (missing.length > 0) fail('kafka-broker-down', say.brokerDown(missing.join(', '), consequence));
  else if (limits.brokers !== null && brokers.length < limits.brokers)
    fail('kafka-broker-down', say.tooFew(brokers.length, limits.brokers, consequence));

  findings.push(...controllerFindings(seen, say));
  const offline = broken.filter(({ leader }) => leader < 0);
  if (offline.length > 0) fail('kafka-partitions-offline', say.offline(offline.length, names(offline, say)));
  const refused = broken.filter(isUnderMinIsr);
  if (refused.length > 0) fail('kafka-under-min-isr', say.underMinIsr(refused.length, names(refused, say)));
  if (broken.length > 0) add('warn', say.underReplicated(broken.length, names(broken, say)));
  if (seen.topics === 0) add('unknown', say.noTopics);
  const controller = quorum.state === 'answered' ? say.controllerIs(quorum.leader) : say.controllerNotTold;
  add('pass', say.healthy(brokers.length, seen.partitions, controller));
  return findings;
}

function controllerFindings({ quorum, controllerId, from }: ClusterSeen, say: Say): Finding[] {
  const none: Finding = { verdict: 'fail', sentence: say.noController(from), cause: 'kafka-no-controller' };
  if (quorum.state === 'silent' || controllerId < 0) return [none];
  if (quorum.state === 'denied') return [{ verdict: 'unknown', sentence: say.controllerDenied }];
  // Brokers that do not know the question close the connection.
  if (quorum.state === 'closed') return [];
  if (quorum.state !== 'answered')
    return [{ verdict: 'unknown', sentence: say.controllerUnread(say.troubles[quorum.state]) }];
  if (quorum.leader < 0) return [none];
  const lost = quorum.voters.filter(({ silentMs }) => silentMs > voterSilentMs);
  const total = quorum.voters.length;
  return lost.map(({ id, silentMs }) => ({
    verdict: 'warn',
    sentence: say.voterSilent(id, Math.round(silentMs / 1000), total - lost.length, total),
  }));
}

/** Nodes that hold replicas and are not registered. */
const missingNodes = ({ holders, brokers }: ClusterSeen): number[] =>
  holders.filter((holder) => !brokers.some(({ node }) => node === holder));

function consequenceOf(broken: PartitionView[], say: Say): string {
  const offline = broken.filter(({ leader }) => leader < 0);
  const refused = broken.filter(isUnderMinIsr).length;
  const under = broken.length - offline.length;
  return say.consequence(
    offline.length > 0 ? say.someOffline(offline.length, names(offline, say)) : '',
    under > 0 ? say.someUnder(under) : '',
    refused > 0 ? say.someRefused(refused) : '',
  );
}

function names(partitions: PartitionView[], say: Say): string {
  // Topics have names of up to 249 characters, and the sentence must keep its end.
  const shown = partitions.slice(0, 3).map(({ topic, partition }) => `${oneLine(topic, 80)}-${partition}`);
  const rest = partitions.length - shown.length;
  return [...shown, ...(rest > 0 ? [say.more(rest)] : [])].join(', ');
}

const factsOf = (seen: ClusterSeen) => ({
  reachable: true,
  cluster_id: seen.clusterId,
  brokers: seen.brokers.length,
  missing: missingNodes(seen),
  controller: seen.quorum.state === 'answered' ? seen.quorum.leader : null,
  topics: seen.topics,
  partitions: seen.partitions,
  offline: seen.broken.filter(({ leader }) => leader < 0).length,
  under_replicated: seen.broken.length,
  under_min_isr: seen.broken.filter(isUnderMinIsr).length,
});
