import type { z } from 'zod';
import { parseAddress, resolveHost } from '../address.ts';
import { type Answer, type Ask, askRedis, type RedisLogin } from './ask-redis.ts';

/** What one Sentinel says about the master. */
export type SentinelSays = {
  /** The address it names. */
  master: string;
  flags: string[];
  quorum: number;
  otherSentinels: number;
  downAfterMs: number;
  replicas: { address: string; flags: string[]; linkOk: boolean; priority: number }[];
  /** `CKQUORUM`'s own answer. */
  quorumOk: boolean;
  quorumText: string;
};

/** What one data node says about itself. */
export type NodeSays = {
  /** The same node under two names has one run id. */
  runId: string;
  role: 'master' | 'slave';
  loading: boolean;
  /** For a replica: whom it follows, and whether the link stands. */
  follows: string | null;
  linkUp: boolean;
  lastIoSeconds: number;
  offset: number;
  /** For a master: its replicas as it sees them. */
  replicas: { address: string; online: boolean; lagBytes: number; lagSeconds: number }[];
  /** `min-replicas-to-write`; null when the account may not read it. */
  minReplicas: number | null;
  /** Replicas that count for it at the moment; null when it is not set. */
  goodReplicas: number | null;
};

/** Everything the step saw, at one moment. */
export type SentinelView = { sentinels: Answer<SentinelSays>[]; nodes: Answer<NodeSays>[] };

/** Whom to ask, with logins resolved. */
export type SentinelTargets = {
  sentinels: string[];
  master: string;
  nodes: string[];
  sentinelLogin: RedisLogin;
  login: RedisLogin;
  patienceMs: number;
};

/**
 * Asks all Sentinels and all data nodes (those given, then those the Sentinels name) at the same time. Reads only; takes at most
 * twice the patience.
 */
export async function viewSentinel(targets: SentinelTargets, signal: AbortSignal): Promise<SentinelView> {
  const { patienceMs } = targets;
  const askNode = (address: string) => askRedis(address, targets.login, patienceMs, signal, nodeSays);
  const [sentinels, given] = await Promise.all([
    Promise.all(
      targets.sentinels.map((address) =>
        askRedis(address, targets.sentinelLogin, patienceMs, signal, (ask) =>
          sentinelSays(ask, targets.master),
        ),
      ),
    ),
    Promise.all(targets.nodes.map(askNode)),
  ]);
  const said = sentinels.flatMap((answer) => (answer.state === 'answered' ? addressesOf(answer.value) : []));
  const nameOf = await naming(targets.nodes, said);
  const rest = [...new Set(said.map(nameOf))].filter((address) => !targets.nodes.includes(address));
  const nodes = [...given, ...(await Promise.all(rest.map(askNode)))];
  const followers = nodes.flatMap((answer) =>
    answer.state === 'answered' ? answer.value.replicas.map(({ address }) => address) : [],
  );
  const followerOf = await naming(targets.nodes, followers);
  return {
    sentinels: sentinels.map((answer) => withValue(answer, (value) => renamed(value, nameOf))),
    nodes: nodes.map((answer) => withValue(answer, (value) => renamed(value, followerOf))),
  };
}

const withValue = <T>(answer: Answer<T>, change: (value: T) => T): Answer<T> =>
  answer.state === 'answered' ? { ...answer, value: change(answer.value) } : answer;

const addressesOf = ({ master, replicas }: SentinelSays) => [
  master,
  ...replicas.map(({ address }) => address),
];

/** What somebody says, with every address in it under the name people wrote. */
function renamed<T extends { replicas: { address: string }[]; master?: string }>(
  says: T,
  nameOf: (address: string) => string,
): T {
  const replicas = says.replicas.map((replica) => ({ ...replica, address: nameOf(replica.address) }));
  return { ...says, replicas, ...(says.master === undefined ? {} : { master: nameOf(says.master) }) };
}

/** People write names where Sentinels say addresses: gives the written name of an address, or the address itself. */
async function naming(written: string[], said: string[]): Promise<(address: string) => string> {
  const resolved = new Map<string, string>();
  for (const address of new Set([...written, ...said])) {
    const target = parseAddress(address);
    const ip = target ? await resolveHost(target.host) : null;
    resolved.set(address, ip === null ? address : `${ip} ${target?.port}`);
  }
  const names = new Map(written.map((name) => [resolved.get(name), name]));
  return (address) => names.get(resolved.get(address)) ?? address;
}

/** Asks one Sentinel everything it knows about the master. */
export async function sentinelSays(ask: Ask, name: string): Promise<SentinelSays> {
  const [master, replicas, quorum] = await Promise.all([
    ask('SENTINEL', 'MASTER', name),
    ask('SENTINEL', 'REPLICAS', name),
    ask('SENTINEL', 'CKQUORUM', name).then(
      (text) => ({ ok: true, text: String(text) }),
      (error: Error) => ({ ok: false, text: error.message }),
    ),
  ]);
  const fields = pairs(master);
  return {
    master: `${fields.ip}:${fields.port}`,
    flags: (fields.flags ?? '').split(','),
    quorum: Number(fields.quorum),
    otherSentinels: Number(fields['num-other-sentinels']),
    downAfterMs: Number(fields['down-after-milliseconds']),
    replicas: (replicas as unknown[]).map(pairs).map((replica) => ({
      address: `${replica.ip}:${replica.port}`,
      flags: (replica.flags ?? '').split(','),
      linkOk: replica['master-link-status'] === 'ok',
      priority: Number(replica['slave-priority']),
    })),
    quorumOk: quorum.ok,
    quorumText: quorum.text,
  };
}

/** Asks one data node for its side of the replication. */
export async function nodeSays(ask: Ask): Promise<NodeSays> {
  const [server, replication, persistence, minReplicas] = await Promise.all([
    ask('INFO', 'server'),
    ask('INFO', 'replication'),
    ask('INFO', 'persistence'),
    // Accounts with read rights only often lack CONFIG; the rest of the evidence does not depend on it.
    ask('CONFIG', 'GET', 'min-replicas-to-write').then(
      (reply) => Number((reply as string[])[1]),
      () => null,
    ),
  ]);
  const info = infoFields(String(replication));
  const offset = Number(info.master_repl_offset ?? 0);
  return {
    runId: infoFields(String(server)).run_id ?? '',
    role: info.role === 'master' ? 'master' : 'slave',
    loading: infoFields(String(persistence)).loading === '1',
    follows: info.master_host === undefined ? null : `${info.master_host}:${info.master_port}`,
    linkUp: info.master_link_status === 'up',
    lastIoSeconds: Number(info.master_last_io_seconds_ago ?? -1),
    offset: Number(info.slave_repl_offset ?? offset),
    replicas: Object.entries(info)
      .filter(([key]) => /^slave\d+$/.test(key))
      .map(([, text]) => {
        const replica = Object.fromEntries(
          text.split(',').map((part) => part.split('=') as [string, string]),
        );
        return {
          address: `${replica.ip}:${replica.port}`,
          online: replica.state === 'online',
          lagBytes: Math.max(0, offset - Number(replica.offset)),
          lagSeconds: Number(replica.lag),
        };
      }),
    minReplicas,
    goodReplicas: info.min_slaves_good_slaves === undefined ? null : Number(info.min_slaves_good_slaves),
  };
}

/** A flat `[key, value, …]` reply as a record. */
export function pairs(reply: unknown): Record<string, string> {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return Object.fromEntries(
    Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [
      flat[2 * index]!,
      flat[2 * index + 1]!,
    ]),
  );
}

function infoFields(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/\r?\n/)
      .filter((line) => line.includes(':') && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
}

/** The type of a step input that names Sentinels. */
export type SentinelInput = {
  sentinels: string[];
  master: string;
  nodes: string[];
  username?: string | undefined;
  password?: z.infer<typeof import('../input.ts').SecretRef> | undefined;
  tls: boolean;
  sentinel_username?: string | undefined;
  sentinel_password?: z.infer<typeof import('../input.ts').SecretRef> | undefined;
  patience: number;
};

/** Resolves the logins of an input; a missing secret is the Failure that names it. */
export function targetsOf(input: SentinelInput, secret: (name: string) => string): SentinelTargets {
  const value = (ref: { secretRef: string } | undefined) => ref && secret(ref.secretRef);
  return {
    sentinels: input.sentinels,
    master: input.master,
    nodes: input.nodes,
    login: { username: input.username, password: value(input.password), tls: input.tls },
    sentinelLogin: {
      username: input.sentinel_username,
      password: value(input.sentinel_password),
      tls: input.tls,
    },
    patienceMs: input.patience,
  };
}
