import type { Json } from '../../src/runbook/step.ts';
import {
  fillMemory,
  hasRedis,
  type RedisNode,
  redisMissing,
  startRedisNode,
  until,
} from '../parts/redis-node.ts';
import { type SentinelSet, startSentinelSet } from '../parts/sentinel-set.ts';
import type { Fault, System } from './system.ts';

/** What the fault at hand plays on; every fault starts parts of its own, since a broken set cannot be trusted again. */
type Stage = { set: SentinelSet | null; node: RedisNode | null };

const reading = ['on', '>p4ss', 'resetkeys', 'resetchannels', '-@all'];

const setParams = ({ set }: Stage): Record<string, Json> => ({
  sentinels: set!.addresses.sentinels,
  sentinel_master: set!.name,
  redis_nodes: set!.addresses.nodes,
  redis_replicas: 2,
  redis_username: 'muster',
  redis_password: { secretRef: 'REDIS_PASSWORD' },
  sentinel_username: 'muster',
  sentinel_password: { secretRef: 'REDIS_PASSWORD' },
});

const nodeParams = ({ node }: Stage): Record<string, Json> => ({
  redis_nodes: [node!.address],
  redis_username: 'muster',
  redis_password: { secretRef: 'REDIS_PASSWORD' },
});

/** A fault on a fresh set with the account of the runbook's head. */
const onSet = (
  told: Pick<Fault<Stage>, 'name' | 'made' | 'verdict' | 'cause'>,
  breakIt: (set: SentinelSet) => Promise<void>,
): Fault<Stage> => ({
  ...told,
  runbook: 'redis-sentinel',
  params: setParams,
  make: async (stage) => {
    const set = await startSentinelSet({ downAfterMs: 3000 });
    stage.set = set;
    try {
      for (const node of set.nodes) await node.client.call('ACL', 'SETUSER', 'muster', ...reading, '+info');
      const rights = ['+sentinel|master', '+sentinel|replicas', '+sentinel|ckquorum'];
      for (const sentinel of set.sentinels)
        await sentinel.client.call('ACL', 'SETUSER', 'muster', ...reading, ...rights);
      await breakIt(set);
    } catch (error) {
      await set.stop();
      throw error;
    }
    return () => set.stop();
  },
});

/** A fault on a Redis of its own. */
const onNode = (
  told: Pick<Fault<Stage>, 'name' | 'made' | 'verdict' | 'cause'>,
  start: () => Promise<RedisNode>,
  breakIt: (node: RedisNode) => Promise<void>,
): Fault<Stage> => ({
  ...told,
  runbook: 'redis-node',
  params: nodeParams,
  make: async (stage) => {
    const node = await start();
    stage.node = node;
    try {
      await node.client.call('ACL', 'SETUSER', 'muster', ...reading, '+info', '+slowlog|get');
      await breakIt(node);
    } catch (error) {
      await node.stop();
      throw error;
    }
    return () => node.stop();
  },
});

const infoOf = async (node: RedisNode) => String(await node.client.info('replication'));

/** The faults of Redis behind Sentinels, and of the inside of a node. */
export const redis: System<Stage> = {
  name: 'Redis with Sentinel',
  missing: hasRedis ? null : redisMissing,
  start: async () => ({ set: null, node: null }),
  stop: async () => {},
  secrets: () => ({ REDIS_PASSWORD: 'p4ss' }),
  faults: [
    onSet(
      {
        name: 'healthy control: a set',
        made: 'A master, two replicas, three Sentinels with quorum 2, min-replicas-to-write 1.',
        verdict: 'pass',
        cause: null,
      },
      async () => {},
    ),
    onSet(
      {
        name: 'master killed',
        made: 'SIGKILL to the master; the Sentinels wait 3 s before they act.',
        verdict: 'fail',
        cause: 'master-crashed',
      },
      async ({ nodes }) => nodes[0]!.kill(),
    ),
    onSet(
      {
        name: 'master frozen',
        made: 'SIGSTOP to the master: its port still accepts connections.',
        verdict: 'fail',
        cause: 'master-frozen',
      },
      async ({ nodes }) => nodes[0]!.freeze(),
    ),
    onSet(
      {
        name: 'split brain',
        made: 'REPLICAOF NO ONE on a replica, min-replicas-to-write 0 there, and a write to it.',
        verdict: 'fail',
        cause: 'split-brain',
      },
      async ({ nodes: [master, stray] }) => {
        await stray!.client.call('REPLICAOF', 'NO', 'ONE');
        await stray!.client.call('CONFIG', 'SET', 'min-replicas-to-write', '0');
        await stray!.client.set('only', 'here');
        await until('the master to lose it', async () =>
          (await infoOf(master!)).includes('connected_slaves:1'),
        );
      },
    ),
    onSet(
      {
        name: 'replica link down',
        made: 'A wrong replication password on one replica (masteruser, masterauth), and CLIENT KILL TYPE replica on the master.',
        verdict: 'fail',
        cause: 'replica-link-down',
      },
      async ({ nodes: [master, replica] }) => {
        const { client } = replica!;
        await client.call('CONFIG', 'SET', 'masteruser', 'replicator', 'masterauth', 'wrong');
        await master!.client.call('CLIENT', 'KILL', 'TYPE', 'replica');
        await until('the link to be down for a while', async () => {
          const [, seconds] = /master_link_down_since_seconds:(-?\d+)/.exec(await infoOf(replica!)) ?? [];
          return Number(seconds) > 3;
        });
      },
    ),
    onSet(
      {
        name: 'quorum lost',
        made: 'SIGKILL to two of the three Sentinels; the master is healthy.',
        verdict: 'fail',
        cause: 'quorum-lost',
      },
      async ({ sentinels }) => {
        await Promise.all(sentinels.slice(1).map((sentinel) => sentinel.kill()));
      },
    ),
    onSet(
      {
        name: 'Sentinel disagreement',
        made: 'SENTINEL REMOVE and MONITOR on one Sentinel, with the address of a replica as the master.',
        verdict: 'fail',
        cause: 'sentinels-disagree',
      },
      async ({ sentinels, nodes, name }) => {
        const { client } = sentinels[2]!;
        await client.call('SENTINEL', 'REMOVE', name);
        await client.call('SENTINEL', 'MONITOR', name, '127.0.0.1', String(nodes[1]!.port), '2');
      },
    ),
    onNode(
      {
        name: 'AOF write error',
        made: 'A Redis whose files may not grow beyond 4 KiB (RLIMIT_FSIZE, as on a full disk), and writes until MISCONF.',
        verdict: 'fail',
        cause: 'aof-write-error',
      },
      () => startRedisNode(['save ""', 'appendonly yes'], { fileLimit: 8 }),
      async ({ client }) => {
        await until('writes to be refused', () =>
          client.set('k', 'x'.repeat(3000)).then(
            () => false,
            (error: Error) => error.message.startsWith('MISCONF'),
          ),
        );
      },
    ),
    onNode(
      {
        name: 'maxmemory reached',
        made: 'maxmemory 3mb with noeviction, filled until OOM.',
        verdict: 'fail',
        cause: 'maxmemory-reached',
      },
      () => startRedisNode(['save ""', 'appendonly yes', 'maxmemory 3mb', 'maxmemory-policy noeviction']),
      fillMemory,
    ),
    onNode(
      {
        name: 'healthy control: a full cache',
        made: 'The same, with allkeys-lru: full memory is what a cache is for.',
        verdict: 'pass',
        cause: null,
      },
      () => startRedisNode(['save ""', 'appendonly yes', 'maxmemory 3mb', 'maxmemory-policy allkeys-lru']),
      async ({ client }) => {
        await Promise.all(
          Array.from({ length: 500 }, (_, n) => client.set(`filling:${n}`, 'x'.repeat(10_000))),
        );
      },
    ),
  ],
};
