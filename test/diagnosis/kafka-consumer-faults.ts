import type { KafkaCluster } from '../parts/kafka/cluster.ts';
import { joinGroup, produce } from '../parts/kafka/records.ts';
import { until } from '../parts/redis-node.ts';
import { clusterParams, healthy, nothing, type Stage } from './kafka-stage.ts';
import type { Fault } from './system.ts';

const consumers = (group: string) => (stage: Stage) => ({
  ...clusterParams(stage),
  kafka_group: group,
  kafka_max_lag: 50,
  kafka_lag_interval: '2s',
});

/** Faults of consumer groups. */
export const consumerFaults: Fault<Stage>[] = [
  {
    ...healthy(
      'Healthy: a group that keeps up',
      'kafka-consumer-lag',
      'One member of the group, 5 of 100 messages behind.',
      consumers('punctual'),
    ),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'punctual', ['orders']);
      await member.commit('orders', 0, 95);
      await member.commit('orders', 1, 100);
      return member.leave;
    },
  },
  {
    name: 'A consumer group without members, and messages wait',
    made: 'The only member committed 10 of 100 messages and left.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-group-without-members',
    params: consumers('deserted'),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'deserted', ['orders']);
      await member.commit('orders', 0, 10);
      await member.leave();
      return nothing;
    },
  },
  {
    name: 'A stuck consumer',
    made: 'A member of the group holds its partitions and commits nothing more, 90 messages behind.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-consumer-stuck',
    params: consumers('stuck'),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'stuck', ['orders']);
      await member.commit('orders', 0, 10);
      await member.commit('orders', 1, 100);
      return member.leave;
    },
  },
  {
    name: 'One partition stuck, the others are read',
    made: 'A member of the group commits on partition 1 only, 90 messages wait on partition 0.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-partition-stuck',
    params: consumers('half-stuck'),
    make: ({ cluster }) => reading(cluster, 'half-stuck', { still: 10, from: 40, step: 1 }),
  },
  {
    name: 'A consumer slower than its input',
    made: 'A member commits ten messages a second, while far more are written.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-consumer-too-slow',
    params: consumers('slow'),
    make: async ({ cluster }) => {
      const stop = await reading(cluster, 'slow', { still: 100, from: 1, step: 1 });
      let writing = true;
      let rounds = 0;
      const written = (async () => {
        for (; writing; rounds++) await produce(cluster, 'orders', 50, 1);
      })();
      await until('more to be written than is read', () => rounds > 2);
      return async () => {
        writing = false;
        await written;
        await stop();
      };
    },
  },
  {
    name: 'A backlog that drains is no fault',
    made: 'A member commits a hundred messages a second, nothing is written.',
    runbook: 'kafka-consumer-lag',
    verdict: 'warn',
    cause: null,
    params: consumers('draining'),
    make: async ({ cluster }) => {
      await produce(cluster, 'orders', 5000, 1);
      return reading(cluster, 'draining', { still: 100, from: 1, step: 10 });
    },
  },
];

/** A member that stands still on partition 0 of `orders`, and on partition 1 commits `step` more every 100 ms. */
async function reading(
  cluster: KafkaCluster,
  group: string,
  { still, from, step }: { still: number; from: number; step: number },
): Promise<() => Promise<void>> {
  const member = await joinGroup(cluster, group, ['orders']);
  await member.commit('orders', 0, still);
  await member.commit('orders', 1, from);
  let at = from;
  let last = Promise.resolve();
  const timer = setInterval(() => {
    at += step;
    last = member.commit('orders', 1, at);
  }, 100);
  return async () => {
    clearInterval(timer);
    await last;
    await member.leave();
  };
}
