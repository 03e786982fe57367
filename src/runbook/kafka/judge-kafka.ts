import type { Verdict } from '../../incident/words.ts';
import type { StepResult } from '../step.ts';
import type { KafkaMessages } from './kafka-messages.ts';
import type { AdvertisedView, KafkaView } from './kafka-view.ts';

/** A view with the name the runbook gives it and what it should look like (an empty list expects nothing in particular). */
export type NamedView = { name: string; expect: string[]; view: KafkaView };

type Finding = { verdict: Verdict; sentence: string };

/** Turns the views into verdict, sentence, evidence and facts; the first finding of the worst verdict speaks. Pure. */
export function judgeKafka(
  views: NamedView[],
  clusterId: string | undefined,
  say: KafkaMessages,
): StepResult {
  const findings = views.flatMap((view) => findingsOf(view, clusterId, say));
  const worst =
    findings.find(({ verdict }) => verdict === 'fail') ??
    findings.find(({ verdict }) => verdict === 'unknown');
  const brokers = views.flatMap(({ view }) => view.brokers);
  const names = views.map(({ name }) => name).join(', ');
  const { verdict, sentence } = worst ?? { verdict: 'pass', sentence: say.healthy(names, brokers.length) };
  return {
    verdict,
    sentence,
    evidence: { columns: say.columns, rows: views.flatMap((view) => rowsOf(view, say)) },
    facts: {
      brokers: brokers.length,
      advertised: brokers.map(({ address }) => address),
      wrong: findings.length,
    },
  };
}

function findingsOf(
  { name, expect, view }: NamedView,
  wanted: string | undefined,
  say: KafkaMessages,
): Finding[] {
  const { answer, bootstrap, brokers } = view;
  if (answer.state !== 'answered') {
    const verdict = ['denied', 'forbidden', 'broken'].includes(answer.state) ? 'unknown' : 'fail';
    return [{ verdict, sentence: say.bootstrap(name, bootstrap, say.troubles[answer.state]) }];
  }
  const sentences: string[] = [];
  if (wanted !== undefined && answer.clusterId !== wanted) {
    sentences.push(say.otherCluster(name, brokers[0]?.node ?? 0, bootstrap, answer.clusterId, wanted));
  }
  if (brokers.length === 0) sentences.push(say.noBrokers(name));
  for (const [address, nodes] of nodesByAddress(brokers)) {
    if (nodes.length > 1) sentences.push(say.shared(name, nodes.join(', '), address));
  }
  const findings = brokers.flatMap(
    (broker) => brokerFinding(name, expect, broker, view, answer.clusterId, say) ?? [],
  );
  const advertised = brokers.map(({ address }) => address);
  for (const address of expect) if (!advertised.includes(address)) sentences.push(say.missing(name, address));
  return [...findings, ...sentences.map((sentence): Finding => ({ verdict: 'fail', sentence }))];
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
  const fail = (sentence: string): Finding => ({ verdict: 'fail', sentence });
  const expected = expect.includes(address);
  // A client on the broker's own machine may well be meant to use loopback.
  if (place === 'loopback' && view.place !== 'loopback' && !expected) {
    return fail(say.loopback(name, node, address, view.bootstrap));
  }
  if (answer.state === 'denied') {
    return {
      verdict: 'unknown',
      sentence: say.unusable(name, node, address, say.troubles.denied, view.bootstrap),
    };
  }
  if (answer.state !== 'answered') {
    return fail(say.unusable(name, node, address, say.troubles[answer.state], view.bootstrap));
  }
  if (answer.clusterId !== clusterId)
    return fail(say.otherCluster(name, node, address, answer.clusterId, clusterId));
  if (answer.answeringNode !== null && answer.answeringNode !== node) {
    return fail(say.otherNode(name, node, address, answer.answeringNode));
  }
  if (expect.length > 0 && !expected) return fail(say.unexpected(name, node, address, expect.join(', ')));
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
