import { type RedisNode, startRedisNode, until } from './redis-node.ts';

/** A master, two replicas and three Sentinels with quorum 2, as in field-knowledge §6 but quicker to notice. */
export type SentinelSet = {
  name: string;
  nodes: RedisNode[];
  sentinels: RedisNode[];
  addresses: { nodes: string[]; sentinels: string[] };
  /** The address the first answering Sentinel names. */
  masterOf: (sentinel: RedisNode) => Promise<string>;
  stop: () => Promise<void>;
};

/** Starts the set and waits until all Sentinels know each other and both replicas are online. */
export async function startSentinelSet({
  downAfterMs = 1000,
  minReplicas = 1,
  name = 'orders',
}: {
  downAfterMs?: number;
  minReplicas?: number;
  name?: string;
} = {}): Promise<SentinelSet> {
  const common = [
    'save ""',
    `min-replicas-to-write ${minReplicas}`,
    'min-replicas-max-lag 10',
    'repl-diskless-sync-delay 0',
    'repl-timeout 60',
  ];
  const master = await startRedisNode(common);
  const follow = [...common, `replicaof 127.0.0.1 ${master.port}`];
  const replicas = await Promise.all([startRedisNode(follow), startRedisNode(follow)]);
  const watch = [
    `sentinel monitor ${name} 127.0.0.1 ${master.port} 2`,
    `sentinel down-after-milliseconds ${name} ${downAfterMs}`,
    `sentinel failover-timeout ${name} 10000`,
  ];
  const sentinels = await Promise.all([0, 1, 2].map(() => startRedisNode(watch, { sentinel: true })));
  const nodes = [master, ...replicas];
  await until('replicas and Sentinels to know each other', async () => {
    const online = String(await master.client.info('replication')).match(/state=online/g)?.length;
    const known = await Promise.all(sentinels.map((one) => masterFields(one, name)));
    return (
      online === 2 &&
      known.every((fields) => fields['num-other-sentinels'] === '2' && fields['num-slaves'] === '2')
    );
  });
  return {
    name,
    nodes,
    sentinels,
    addresses: {
      nodes: nodes.map(({ address }) => address),
      sentinels: sentinels.map(({ address }) => address),
    },
    masterOf: async (sentinel) => {
      const [host, port] = (await sentinel.client.call(
        'SENTINEL',
        'GET-MASTER-ADDR-BY-NAME',
        name,
      )) as string[];
      return `${host}:${port}`;
    },
    stop: async () => {
      await Promise.all([...sentinels, ...nodes].map((node) => node.stop()));
    },
  };
}

/** What one Sentinel says about the master, by field. */
export async function masterFields(sentinel: RedisNode, name: string): Promise<Record<string, string>> {
  const flat = (await sentinel.client.call('SENTINEL', 'MASTER', name)) as string[];
  return Object.fromEntries(
    Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]),
  );
}
