import type { Verdict } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { KafkaMessages } from './kafka-messages.ts';
import type { AdvertisedView, KafkaView } from './kafka-view.ts';

/** A view with the name the runbook gives it and what it should look like (an empty list expects nothing in particular). */
export type NamedView = { name: string; expect: string[]; view: KafkaView };

type Finding = { verdict: Verdict; sentence: string; cause?: string };

/** Turns the views into verdict, sentence, evidence and facts; the first finding of the worst verdict speaks. Pure. */
export function judgeKafka(views: NamedView[], clusterId: string | null, say: KafkaMessages): StepResult {
  const findings = views.flatMap((view) => findingsOf(view, clusterId, say));
  const worst =
    findings.find(({ verdict }) => verdict === 'fail') ??
    findings.find(({ verdict }) => verdict === 'unknown');
  const brokers = views.flatMap(({ view }) => view.brokers);
  const names = views.map(({ name }) => name).join(', ');
  const healthy: Finding = { verdict: 'pass', sentence: say.healthy(names, brokers.length) };
  return {
    ...(worst ?? healthy),
    evidence: { columns: say.columns, rows: views.flatMap((view) => rowsOf(view, say)) },
    facts: {
      brokers: brokers.length,
      advertised: brokers.map(({ address }) => address),
      wrong: findings.length,
    },
  };
}

function findingsOf({ name, expect, view }: NamedView, wanted: string | null, say: KafkaMessages): Finding[] {
  const { answer, bootstrap, brokers } = view;
  if (answer.state !== 'answered') {
    const sentence = say.bootstrap(name, bootstrap, say.troubles[answer.state]);
    if (['denied', 'forbidden', 'broken'].includes(answer.state)) return [{ verdict: 'unknown', sentence }];
    return [{ verdict: 'fail', sentence, cause: `kafka-bootstrap-${answer.state}` }];
  }
  const findings = brokers.flatMap(
    (broker) => brokerFinding(name, expect, broker, view, answer.clusterId, say) ?? [],
  );
  const fail = (cause: string, sentence: string) =>
    findings.push({ verdict: 'fail', sentence, cause: `kafka-${cause}` });
  if (wanted !== null && answer.clusterId !== wanted) {
    const sentence = say.otherCluster(name, brokers[0]?.node ?? 0, bootstrap, answer.clusterId, wanted);
    findings.unshift({ verdict: 'fail', sentence, cause: 'kafka-wrong-cluster' });
  }
  if (brokers.length === 0) fail('no-broker', say.noBrokers(name));
  for (const [address, nodes] of nodesByAddress(brokers)) {
    if (nodes.length > 1) fail('advertised-shared', say.shared(name, nodes.join(', '), address));
  }
  const advertised = brokers.map(({ address }) => address);
  for (const address of expect) {
    if (!advertised.includes(address)) fail('broker-missing', say.missing(name, address));
  }
  return findings;
}

/** What is wrong with one advertised address; the nearest cause only. */
function brokerFinding(
  name: string,
  expect: string[],
  { node, address, place, answer }: AdvertisedView,
  view: KafkaView,
  clusterId: string,
  say: KafkaMessages,
): Finding | undefined {
  const fail = (cause: string, sentence: string): Finding => ({
    verdict: 'fail',
    sentence,
    cause: `kafka-${cause}`,
  });
  const expected = expect.includes(address);
  // A client on the broker's own machine may well be meant to use loopback.
  if (place === 'loopback' && view.place !== 'loopback' && !expected) {
    return fail('advertised-loopback', say.loopback(name, node, address, view.bootstrap));
  }
  if (answer.state !== 'answered') {
    const sentence = say.unusable(name, node, address, say.troubles[answer.state], view.bootstrap);
    return answer.state === 'denied'
      ? { verdict: 'unknown', sentence }
      : fail(`advertised-${answer.state}`, sentence);
  }
  if (answer.clusterId !== clusterId) {
    return fail('wrong-cluster', say.otherCluster(name, node, address, answer.clusterId, clusterId));
  }
  if (answer.answeringNode !== null && answer.answeringNode !== node) {
    return fail('wrong-node', say.otherNode(name, node, address, answer.answeringNode));
  }
  if (expect.length > 0 && !expected) {
    return fail('advertised-unexpected', say.unexpected(name, node, address, expect.join(', ')));
  }
  return undefined;
}

function nodesByAddress(brokers: AdvertisedView[]): Map<string, number[]> {
  const nodes = new Map<string, number[]>();
  for (const { address, node } of brokers) nodes.set(address, [...(nodes.get(address) ?? []), node]);
  return nodes;
}

function rowsOf({ name, view }: NamedView, say: KafkaMessages): string[][] {
  const row = (broker: string, { address, place, answer }: Omit<AdvertisedView, 'node'>) => [
    name,
    broker,
    address,
    answer.ip === null ? say.none : `${answer.ip} (${say.places[place ?? 'public']})`,
    answer.state === 'answered' ? say.fine(answer.ms, answer.answeringNode) : say.troubles[answer.state],
  ];
  return [
    row(say.bootstrapRow, { address: view.bootstrap, place: view.place, answer: view.answer }),
    ...view.brokers.map((broker) => row(String(broker.node), broker)),
  ];
}
