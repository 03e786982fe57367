import { expect, it } from 'vitest';
import { judgeKafka } from '../../../../src/runbook/systems/kafka/judge-kafka.ts';
import { kafkaMessages } from '../../../../src/runbook/systems/kafka/kafka-messages.ts';
import type { KafkaTrouble } from '../../../../src/runbook/systems/kafka/kafka-trouble.ts';
import type {
  AdvertisedView,
  KafkaAnswer,
  KafkaView,
} from '../../../../src/runbook/systems/kafka/kafka-view.ts';

const answered = (more: Partial<Extract<KafkaAnswer, { state: 'answered' }>> = {}): KafkaAnswer => ({
  state: 'answered',
  ip: '10.0.0.1',
  clusterId: 'c',
  brokers: [],
  answeringNode: 1,
  ms: 3,
  ...more,
});
const trouble = (state: KafkaTrouble, ip: string | null = '10.0.0.1'): KafkaAnswer => ({
  state,
  ip,
  reason: state,
});
const broker = (more: Partial<AdvertisedView> = {}): AdvertisedView => ({
  node: 1,
  address: 'kafka:9092',
  place: 'private',
  answer: answered(),
  ...more,
});
const view = (...brokers: AdvertisedView[]): KafkaView => ({
  bootstrap: 'boot:9092',
  place: 'private',
  answer: answered(),
  brokers,
});

it.each([
  ['what is right', view(broker()), [], 'pass', 'answer as the broker they name'],
  [
    'a loopback address for clients elsewhere',
    view(broker({ place: 'loopback' })),
    [],
    'fail',
    'a loopback address',
  ],
  ['a loopback address the runbook expects', view(broker({ place: 'loopback' })), ['kafka:9092'], 'pass', ''],
  [
    'an unspecified address',
    view(broker({ place: 'unspecified', answer: trouble('forbidden') })),
    [],
    'fail',
    'unspecified address that is never dialled',
  ],
  [
    'a name that does not resolve',
    view(broker({ answer: trouble('unresolved', null) })),
    [],
    'fail',
    'does not resolve here',
  ],
  [
    'another broker behind the address',
    view(broker({ answer: answered({ answeringNode: 2 }) })),
    [],
    'fail',
    'is answered by broker 2',
  ],
  [
    'a broker that does not say who it is',
    view(broker({ answer: answered({ answeringNode: null }) })),
    [],
    'pass',
    '',
  ],
  [
    'another cluster behind the address',
    view(broker({ answer: answered({ clusterId: 'd' }) })),
    [],
    'fail',
    'another cluster (d instead of c)',
  ],
  [
    'one address for two brokers',
    view(broker(), broker({ node: 2, answer: answered({ answeringNode: 2 }) })),
    [],
    'fail',
    'brokers 1, 2 advertise the same address',
  ],
  [
    'a broker nobody advertises',
    view(broker()),
    ['kafka:9092', 'kafka-2:9092'],
    'fail',
    'no broker advertises kafka-2:9092',
  ],
  ['no broker at all', view(), [], 'fail', 'lists no broker'],
  [
    'a login that is refused',
    view(broker({ answer: trouble('denied') })),
    [],
    'unknown',
    'login or rights refused',
  ],
  [
    'a bootstrap that refuses the login',
    { ...view(), answer: trouble('denied') },
    [],
    'unknown',
    'gives no metadata',
  ],
  [
    'a bootstrap that is silent',
    { ...view(), answer: trouble('silent') },
    [],
    'fail',
    'connected, then silent',
  ],
])('%s', (_, seen, expected, verdict, sentence) => {
  const judge = (language: 'en' | 'ko') =>
    judgeKafka([{ name: 'v', expect: expected, view: seen }], null, kafkaMessages(language));
  expect(judge('en')).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
  expect(judge('ko')).toMatchObject({ verdict, sentence: expect.stringMatching(/[가-힣]/) });
});
