import { formatAddress } from '../../address.ts';
import type { Ask } from './ask-redis.ts';
import { commaFields, infoFields } from './info-fields.ts';

/** What one data node says about itself. */
export type NodeSays = {
  /** The same node under two names has one run id. */
  runId: string;
  role: 'master' | 'slave';
  loading: boolean;
  /** For a replica: whom it follows, and whether the link stands. */
  follows: string | null;
  linkUp: boolean;
  /** How long the link has been down: 0 while it is up or a full copy is on its way, null when it never stood. */
  linkDownSeconds: number | null;
  lastIoSeconds: number;
  offset: number;
  /** The history the offset counts in, and the one before the last promotion, which ended at `previousOffset` (-1: none). */
  history: string;
  previousHistory: string;
  previousOffset: number;
  /** All keys of all databases. */
  keys: number;
  /** For a master: its replicas as it sees them. */
  replicas: { address: string; online: boolean; lagBytes: number; lagSeconds: number }[];
  /** `min-replicas-to-write`; null when the account may not read it. */
  minReplicas: number | null;
  /** Replicas that count for it at the moment; null when it is not set. */
  goodReplicas: number | null;
};

/** Null for a replica that has had no link since it was attached: Redis says -1 then, and nobody knows for how long. */
function linkDownSeconds(info: Record<string, string>): number | null {
  if (info.master_link_status !== 'down' || info.master_sync_in_progress === '1') return 0;
  const since = Number(info.master_link_down_since_seconds ?? -1);
  return since < 0 ? null : since;
}

/** Asks one data node for its side of the replication; needs the right `+info` and, for `min-replicas-to-write`, `+config|get`. */
export async function nodeSays(ask: Ask): Promise<NodeSays> {
  const [server, replication, persistence, keyspace, minReplicas] = await Promise.all([
    ask('INFO', 'server'),
    ask('INFO', 'replication'),
    ask('INFO', 'persistence'),
    ask('INFO', 'keyspace'),
    // Accounts with read rights only often lack CONFIG; the rest of the evidence does not depend on it.
    ask('CONFIG', 'GET', 'min-replicas-to-write').then(
      (reply) => Number((reply as string[])[1]),
      () => null,
    ),
  ]);
  const info = infoFields(replication);
  const offset = Number(info.master_repl_offset ?? 0);
  return {
    runId: infoFields(server).run_id ?? '',
    role: info.role === 'master' ? 'master' : 'slave',
    loading: infoFields(persistence).loading === '1',
    follows:
      info.master_host === undefined
        ? null
        : formatAddress({ host: info.master_host, port: Number(info.master_port) }),
    linkUp: info.master_link_status === 'up',
    linkDownSeconds: linkDownSeconds(info),
    lastIoSeconds: Number(info.master_last_io_seconds_ago ?? -1),
    offset: Number(info.slave_repl_offset ?? offset),
    history: info.master_replid ?? '',
    previousHistory: info.master_replid2 ?? '',
    previousOffset: Number(info.second_repl_offset ?? -1),
    keys: Object.entries(infoFields(keyspace)).reduce(
      (sum, [key, text]) => (/^db\d+$/.test(key) ? sum + Number(commaFields(text).keys) : sum),
      0,
    ),
    replicas: Object.entries(info)
      .filter(([key]) => /^slave\d+$/.test(key))
      .map(([, text]) => {
        const replica = commaFields(text);
        return {
          address: formatAddress({ host: replica.ip ?? '', port: Number(replica.port) }),
          online: replica.state === 'online',
          lagBytes: Math.max(0, offset - Number(replica.offset)),
          lagSeconds: Number(replica.lag),
        };
      }),
    minReplicas,
    goodReplicas: info.min_slaves_good_slaves === undefined ? null : Number(info.min_slaves_good_slaves),
  };
}
