import type { Language } from '../../../incident/words.ts';
import type { Json, StepResult } from '../../step.ts';
import type { Answer } from './ask-mysql.ts';
import { type Channel, isRestartable, isRunning } from './channel.ts';
import { isConnectError, isPassing, meaningOf } from './error-numbers.ts';
import { formatSeconds } from './format-seconds.ts';
import { parseGtids } from './gtid.ts';
import { missingGrant } from './missing-grant.ts';
import { replicationEvidence } from './replication-evidence.ts';
import { type ReplicationMessages, replicationMessages } from './replication-messages.ts';
import type { ReplicationView, ServerSays } from './replication-view.ts';

/** Where healthy ends: lag in seconds beyond the wanted delay, and whether the replica must refuse writes. */
export type ReplicationLimits = { account: string; maxLag: number; readOnly: boolean };

type Finding = Pick<StepResult, 'verdict' | 'sentence' | 'cause'>;

/**
 * Turns a look at a replica and its primary into verdict, sentence, evidence and facts. The worst finding counts, of equal ones the
 * first. Pure.
 */
export function judgeReplication(
  view: ReplicationView,
  limits: ReplicationLimits,
  language: Language,
): StepResult {
  const say = replicationMessages(language);
  const rank = ({ verdict }: Finding) => order.indexOf(verdict);
  const found = [...findings(view, limits, language)].toSorted((a, b) => rank(a) - rank(b))[0]!;
  return { ...found, evidence: replicationEvidence(view, say, language), facts: factsOf(view, limits) };
}

const order = ['fail', 'unknown', 'warn', 'pass'];

const fail = (cause: string, sentence: string): Finding => ({ verdict: 'fail', cause, sentence });
const warn = (sentence: string): Finding => ({ verdict: 'warn', sentence });

/** Everything that is to be said, the root of it first. */
function* findings(view: ReplicationView, limits: ReplicationLimits, language: Language): Generator<Finding> {
  const say = replicationMessages(language);
  const { replica, primary } = view;
  if (replica.state !== 'answered') {
    yield notAnswered(replica, primary, limits, say);
    return;
  }
  const { address, value: says } = replica;
  if (says.channels.length === 0) {
    const source = primary?.state === 'answered' ? primary.value.channels[0]?.source : undefined;
    yield source === undefined
      ? fail('not-a-replica', say.noReplica(address))
      : warn(say.swapped(address, primary!.address, source));
    return;
  }
  for (const channel of says.channels) yield* brokenThreads(channel, view, language);
  if (primary?.state === 'silent') yield fail('primary-frozen', say.primaryFrozen(primary.address, address));
  const [channel] = says.channels;
  if (view.missing.gtids.length > 0 && !view.missing.moving) {
    yield fail(
      'replica-not-receiving',
      say.notReceiving(address, primary!.address, view.missing.gtids.join(', ')),
    );
  }
  for (const one of says.channels) {
    const lag = lagOf(one);
    if (lag !== null && lag > limits.maxLag) {
      const sentence = say.lagging(whereOf(address, one), formatSeconds(lag), one.sqlState);
      yield fail('replica-lagging', sentence);
    }
  }
  if (view.errant.length > 0) {
    yield fail('errant-transactions', say.errant(address, view.errant.join(', '), !says.readOnly));
  }
  if (!says.readOnly && limits.readOnly) yield fail('replica-writable', say.writable(address));
  if (primary && primary.state !== 'answered') {
    yield ['denied', 'ungranted'].includes(primary.state)
      ? notAnswered(primary, null, limits, say)
      : {
          verdict: primary.state === 'refused' ? 'warn' : 'unknown',
          sentence: say.wrongPrimary(
            address,
            channel!.source,
            primary.address,
            say.unanswered[primary.state],
          ),
        };
  }
  const idle = says.channels.find((one) => isRunning(one) && lagOf(one) === null);
  if (idle) yield warn(say.lagUnknown(whereOf(address, idle)));
  const own = primary === null ? ownTransactions(says) : [];
  if (own.length > 0) yield warn(say.maybeErrant(address, own.join(', ')));
  if (primary?.state === 'answered' && primary.value.semiSync?.active === false) {
    yield warn(say.semiSyncOff(primary.address));
  }
  const worst = Math.max(...says.channels.map((one) => lagOf(one) ?? 0));
  const delay = Math.max(...says.channels.map((one) => one.delay));
  const sources = says.channels.map((one) => one.source).join(', ');
  yield {
    verdict: 'pass',
    sentence: say.healthy(address, sources, formatSeconds(worst), delay > 0 ? formatSeconds(delay) : ''),
  };
}

function* brokenThreads(channel: Channel, view: ReplicationView, language: Language): Generator<Finding> {
  const say = replicationMessages(language);
  const where = whereOf(view.replica.address, channel);
  const explain = (number: number) => meaningOf(number, language) ?? say.unknownError;
  const { sqlError, ioError, source } = channel;
  if (!channel.sql && sqlError) {
    const tell = isPassing(sqlError.number) ? say.sqlPassing : say.sqlError;
    yield fail('replica-sql-thread-error', tell(where, sqlError.number, explain(sqlError.number)));
  }
  if (channel.io !== 'Yes' && ioError) {
    const { number, text } = ioError;
    const away = view.primary && isConnectError(number) ? view.primary : null;
    if (away?.state === 'refused') yield fail('primary-down', say.primaryDown(away.address, where));
    else if (away?.state === 'silent') yield fail('primary-frozen', say.primaryFrozen(away.address, where));
    else if (number === 1236 && /purged|too old|could not find/i.test(text)) {
      yield fail('primary-binlog-purged', say.purged(where, source));
    } else if (isConnectError(number)) {
      yield fail('replica-cannot-connect', say.cannotConnect(where, source, number, explain(number)));
    } else yield fail('replica-io-thread-error', say.ioError(where, source, number, explain(number)));
  }
  if (channel.io === 'Connecting' && !ioError) yield warn(say.connecting(where, source));
  if ((channel.io === 'No' && !ioError) || (!channel.sql && !sqlError)) {
    const threads = `IO: ${channel.io}, SQL: ${channel.sql ? 'Yes' : 'No'}`;
    yield fail('replica-threads-stopped', say.stopped(where, threads));
  }
}

function notAnswered(
  server: Exclude<Answer<ServerSays>, { state: 'answered' }>,
  primary: Answer<ServerSays> | null,
  { account }: ReplicationLimits,
  say: ReplicationMessages,
): Finding {
  const { address, state, reason } = server;
  if (state === 'full') return fail('connections-exhausted', say.full(address));
  if (state === 'refused') return fail('replica-down', say.down(address));
  if (state === 'silent' && primary?.state === 'answered') return fail('replica-frozen', say.frozen(address));
  if (state === 'silent' && primary?.state === 'silent') {
    return { verdict: 'unknown', sentence: say.bothSilent(address, primary.address) };
  }
  return {
    verdict: 'unknown',
    sentence:
      state === 'ungranted'
        ? say.ungranted(address, missingGrant(reason), account)
        : say.cannotLook(address, say.unanswered[state], reason),
  };
}

/** `host:port`, with the channel's name where it has one. */
const whereOf = (address: string, { name }: Channel) => (name === '' ? address : `${address} (${name})`);

/** Seconds behind beyond what is wanted; null while nobody can say. */
export const lagOf = ({ behind, delay, delaying }: Channel): number | null =>
  behind === null ? null : delaying ? 0 : Math.max(0, behind - delay);

/** MariaDB's mark of a server's own writes, as long as nothing newer hides it. */
function ownTransactions({ flavour, position }: ServerSays): string[] {
  if (flavour !== 'mariadb') return [];
  const applied = [...parseGtids(position.applied)].map(([origin, [range]]) => [origin, range![1]] as const);
  return [...parseGtids(position.executed)].flatMap(([origin, [range]]) => {
    const [domain, server] = origin.split('-');
    if (Number(server) !== position.serverId) return [];
    const after = applied.every(([other, to]) => other.split('-')[0] !== domain || to < range![1]);
    return after ? [`${origin}-${range![1]}`] : [];
  });
}

function factsOf({ replica, primary, errant, missing }: ReplicationView, limits: ReplicationLimits) {
  const says = replica.state === 'answered' ? replica.value : null;
  const channels = says?.channels ?? [];
  const lag = channels.map(lagOf).filter((one) => one !== null);
  const errors = channels.flatMap(({ ioError, sqlError }) =>
    [ioError, sqlError].filter((one) => one !== null),
  );
  const down = channels.filter((channel) => !isRunning(channel));
  const facts: Record<string, Json> = {
    replica_state: replica.state,
    primary_state: primary?.state ?? 'not asked',
    channels: channels.map(({ name, source, io, sql }) => ({ name, source, io, sql })),
    lag_seconds: lag.length === 0 ? -1 : Math.max(...lag),
    lagging: lag.some((one) => one > limits.maxLag),
    errors: errors.map(({ number }) => number),
    restartable: down.length === 1 && down.every(isRestartable),
    read_only: says?.readOnly ?? false,
    errant,
    missing: missing.gtids,
  };
  return facts;
}
