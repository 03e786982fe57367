import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeKafka } from '../systems/kafka/judge-kafka.ts';
import { KafkaSignIn, loginOf } from '../systems/kafka/kafka-input.ts';
import { kafkaMessages } from '../systems/kafka/kafka-messages.ts';
import { viewKafka } from '../systems/kafka/kafka-view.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, at most 40');

const view = z.strictObject({
  name: name.describe('How people call this place of clients'),
  bootstrap: AddressText.describe('Where its clients connect first'),
  expect: z
    .array(AddressText)
    .max(100)
    .default([])
    .describe('The addresses this view must be sent to, one a broker'),
  at: name.optional().describe('The worker location that looks; default any worker'),
  ...KafkaSignIn,
});

const input = z.strictObject({
  views: z
    .array(view)
    .min(1)
    .max(10)
    .refine((views) => new Set(views.map((one) => one.name)).size === views.length, {
      message: 'every view needs a name of its own',
    })
    .describe('The places clients are in, each with its own bootstrap'),
  cluster_id: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .describe('The cluster every address must belong to; null for any'),
  patience: Duration.prefault('3s').describe('How long one address may take before it counts as silent'),
});

/** Follows every advertised address of a Kafka cluster the way its clients have to, from each place they are in. */
export const kafkaListeners = defineStep({
  name: 'kafka-listeners',
  about:
    'Reads Kafka metadata and then resolves, classifies and dials every advertised address: same node, same cluster, as expected; one job per view, at its location.',
  effect: 'read',
  input,
  example: {
    views: [
      { name: 'inside', bootstrap: 'kafka:29092', expect: ['kafka:29092'] },
      {
        name: 'outside',
        bootstrap: 'kafka.example.com:9092',
        expect: ['kafka.example.com:9092'],
        at: 'office',
      },
    ],
  },
  targets: ['views'],
  timeoutMs: 20_000,
  target: ({ views }) => `kafka ${views.map(({ bootstrap }) => bootstrap).join(' ')}`,
  split: ({ views }, written) =>
    views.map((one, index) => {
      const { views: raw, ...rest } = written as { views: [] };
      return { name: one.name, location: one.at ?? null, input: { ...rest, views: [raw[index]!] } };
    }),
  run: async ({ views, cluster_id, patience }, { signal, secret, language }) => {
    const seen = await Promise.all(
      views.map(async (one) => ({
        name: one.name,
        expect: one.expect,
        view: await viewKafka(one.bootstrap, { login: loginOf(one, secret), patienceMs: patience, signal }),
      })),
    );
    return judgeKafka(seen, cluster_id, kafkaMessages(language));
  },
});
