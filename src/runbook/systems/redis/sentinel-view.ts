import type { z } from 'zod';
import { parseAddress, resolveHost } from '../../address.ts';
import { type Answer, askRedis, type RedisLogin } from './ask-redis.ts';
import { type NodeSays, nodeSays } from './node-says.ts';
import { type SentinelSays, sentinelSays } from './sentinel-says.ts';

/** Everything the step saw, at one moment. */
export type SentinelView = {
  sentinels: Answer<SentinelSays>[];
  nodes: Answer<NodeSays>[];
  /** Sentinels that a master answered while it did not answer here: it is alive, and the network between is not. */
  masterHeardBy: string[];
};

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
 * Asks all Sentinels and all data nodes (those given, then those the Sentinels name) at the same time; where a master stays
 * silent, whether it answers the Sentinels meanwhile. Reads only; takes at most three times the patience.
 */
export async function viewSentinel(targets: SentinelTargets, signal: AbortSignal): Promise<SentinelView> {
  const { patienceMs } = targets;
  const begin = performance.now();
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
    answer.state === 'answered'
      ? [answer.value.follows ?? [], answer.value.replicas.map(({ address }) => address)].flat()
      : [],
  );
  const followerOf = await naming(targets.nodes, followers);
  return {
    masterHeardBy: await heardBy(targets, sentinels, nodes, nameOf, begin, signal),
    sentinels: sentinels.map((answer) => withValue(answer, (value) => renamed(value, nameOf))),
    nodes: nodes.map((answer) => withValue(answer, (value) => renamed(value, followerOf))),
  };
}

/** A Sentinel pings its master every second: an answer younger than our own wait came while we got none. */
async function heardBy(
  { sentinelLogin, patienceMs, master: name }: SentinelTargets,
  sentinels: Answer<SentinelSays>[],
  nodes: Answer<NodeSays>[],
  nameOf: (address: string) => string,
  begin: number,
  signal: AbortSignal,
): Promise<string[]> {
  const mute = nodes.filter(({ state }) => state === 'silent' || state === 'unreachable');
  const asked = sentinels.filter(
    (one) => one.state === 'answered' && mute.some(({ address }) => address === nameOf(one.value.master)),
  );
  const again = await Promise.all(
    asked.map(({ address }) =>
      askRedis(address, sentinelLogin, patienceMs, signal, (ask) => sentinelSays(ask, name)),
    ),
  );
  const waited = performance.now() - begin;
  return again.flatMap((one) =>
    one.state === 'answered' && one.value.lastOkPingMs < waited - one.ms - 100 ? [one.address] : [],
  );
}

const withValue = <T>(answer: Answer<T>, change: (value: T) => T): Answer<T> =>
  answer.state === 'answered' ? { ...answer, value: change(answer.value) } : answer;

const addressesOf = ({ master, replicas }: SentinelSays) => [
  master,
  ...replicas.map(({ address }) => address),
];

/** What somebody says, with every address in it under the name people wrote. */
function renamed<T extends { replicas: { address: string }[]; master?: string; follows?: string | null }>(
  says: T,
  nameOf: (address: string) => string,
): T {
  const replicas = says.replicas.map((replica) => ({ ...replica, address: nameOf(replica.address) }));
  return {
    ...says,
    replicas,
    ...(says.master === undefined ? {} : { master: nameOf(says.master) }),
    ...(says.follows ? { follows: nameOf(says.follows) } : {}),
  };
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

/** The type of a step input that names Sentinels. */
export type SentinelInput = {
  sentinels: string[];
  master: string;
  nodes: string[];
  username?: string | undefined;
  password?: z.infer<typeof import('../../input.ts').SecretRef> | undefined;
  tls: boolean;
  sentinel_username?: string | undefined;
  sentinel_password?: z.infer<typeof import('../../input.ts').SecretRef> | undefined;
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
