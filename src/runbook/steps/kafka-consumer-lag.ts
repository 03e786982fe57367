import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { viewGroup } from '../systems/kafka/group-view.ts';
import { judgeLag, needsSecondLook } from '../systems/kafka/judge-lag.ts';
import { KafkaConnection, loginOf } from '../systems/kafka/kafka-input.ts';

const input = z.strictObject({
  kafka: KafkaConnection.describe('The cluster: bootstrap addresses and how to sign in'),
  group: z.string().min(1).max(255).describe('The consumer group'),
  topics: z
    .array(z.string().min(1).max(249))
    .min(1)
    .max(50)
    .nullable()
    .default(null)
    .describe('The topics it reads; null for those it has committed offsets of'),
  max_lag: z.number().int().min(0).default(10_000).describe('More messages behind than this is too much'),
  interval: Duration.prefault('6s').describe(
    'Between two looks at a group that is behind; longer than its consumers take to commit (5s by default)',
  ),
  patience: Duration.prefault('2s').describe('How long one address may take before it counts as silent'),
});

/** Looks at a consumer group that is behind twice, so that a backlog that drains is told from one that is stuck. */
export const kafkaConsumerLag = defineStep({
  name: 'kafka-consumer-lag',
  about:
    'Reads a consumer group: state, members, committed offset and lag of every partition, and whether the lag grows, stands or shrinks. Needs Describe on Group, its topics and Topic __consumer_offsets.',
  effect: 'read',
  input,
  example: {
    kafka: { bootstrap: ['kafka-1.example.com:9092', 'kafka-2.example.com:9092'] },
    group: 'billing',
    topics: ['orders'],
    max_lag: 10_000,
  },
  targets: ['kafka'],
  timeoutMs: 20_000,
  target: ({ kafka, group }) => `kafka ${kafka.bootstrap.join(' ')} group ${group}`,
  run: async (input, { signal, secret, language }) => {
    const { kafka, group, topics, max_lag, interval, patience } = input;
    const limits = { group, maxLag: max_lag };
    const dialling = { login: loginOf(kafka, secret), patienceMs: patience, signal };
    const target = { bootstraps: kafka.bootstrap, group, topics };
    const first = await viewGroup(target, dialling);
    if (first.state !== 'seen' || !needsSecondLook(first.seen, limits))
      return judgeLag(first, null, limits, language);
    await setTimeout(interval, undefined, { signal });
    return judgeLag(await viewGroup(target, dialling), first.seen, limits, language);
  },
});
