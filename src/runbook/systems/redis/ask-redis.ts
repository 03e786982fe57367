import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import { addressKind } from '../../../kit/address.ts';
import { reasonOf } from '../../../kit/failure.ts';
import { type Address, parseAddress, resolveHost } from '../../address.ts';
import { type LimitedAnswer, limitAnswer } from '../../limit-answer.ts';
import { greeting } from './greeting.ts';

/** How one Redis or Sentinel is reached. Secrets are values here, which exist only while the step runs. */
export type RedisLogin = { username?: string | undefined; password?: string | undefined; tls?: boolean };

/**
 * Why a node did not answer. `silent` is connected and then nothing: frozen or partitioned, not crashed. `refused` is a host
 * without the process. `unreachable` did not even connect. `denied` is a login or a right that is missing, `rejected` any other
 * error that the node itself answers with.
 */
export type Unanswered =
  | 'silent'
  | 'refused'
  | 'unreachable'
  | 'unresolved'
  | 'denied'
  | 'rejected'
  | 'broken';

/** One node's answer, or what stood in the way. */
export type Answer<T> =
  | { address: string; state: 'answered'; value: T; ms: number }
  | { address: string; state: Unanswered; reason: string };

/** Runs one command on the asked node; a rejected command throws Redis' own error. */
export type Ask = (command: string, ...args: (string | number)[]) => Promise<unknown>;

/** A server that hangs up says why at once. */
const greetingMs = 300;

/**
 * Connects to one node, asks, and always closes the connection. Ends within `budgetMs` whatever the node does (ioredis alone
 * waits for ever on a stopped process), at once when `signal` aborts, and never throws for the node's sake.
 */
export async function askRedis<T>(
  address: string,
  login: RedisLogin,
  budgetMs: number,
  signal: AbortSignal,
  talk: (ask: Ask) => Promise<T>,
): Promise<Answer<T>> {
  const target = parseAddress(address);
  if (!target) return { address, state: 'broken', reason: 'is no host:port' };
  // Resolved once, and connected to exactly that address.
  const ip = await within(budgetMs, signal, () => resolveHost(target.host)).catch((error) => {
    if (error instanceof BudgetSpent) return null;
    throw error;
  });
  if (ip === null) return { address, state: 'unresolved', reason: 'its name does not resolve' };
  if (addressKind(ip) === 'forbidden')
    return { address, state: 'broken', reason: 'this address may not be probed' };
  const redis = new Redis(clientOptions({ ...target, ip }, login, budgetMs));
  let connected = false;
  let problem: unknown;
  redis.on('connect', () => {
    connected = true;
  });
  redis.on('error', (error) => {
    problem ??= error;
  });
  const received = limitAnswer(() => redis.stream);
  let answers = 0;
  const begin = performance.now();
  try {
    const value = await within(budgetMs, signal, async () => {
      await redis.connect();
      return talk(async (command, ...args) => {
        const reply = await redis.call(command, ...args);
        answers += 1;
        return reply;
      });
    });
    return { address, state: 'answered', value, ms: Math.round(performance.now() - begin) };
  } catch (error) {
    signal.throwIfAborted();
    const how = classify(error, problem, { connected, answers, received });
    if (how.state !== 'broken' || !connected) return { address, ...how };
    const said = await greeting(ip, target.port, Math.min(budgetMs, greetingMs));
    signal.throwIfAborted();
    if (!said?.startsWith('-')) return { address, ...how };
    return { address, state: 'rejected', reason: said.slice(1) };
  } finally {
    received.stop();
    redis.disconnect();
    // Disconnecting waits up to 2 s for the other side to hang up as well.
    redis.stream?.destroy();
  }
}

function clientOptions({ host, ip, port }: Address & { ip: string }, login: RedisLogin, budgetMs: number) {
  return {
    host: ip,
    port,
    ...(login.username === undefined ? {} : { username: login.username }),
    ...(login.password === undefined ? {} : { password: login.password }),
    ...(login.tls ? { tls: isIP(host) ? {} : { servername: host } } : {}),
    // RESP2 needs no HELLO, which read-only accounts and old servers may not know.
    protocol: 2 as const,
    lazyConnect: true,
    connectTimeout: budgetMs,
    enableReadyCheck: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => null,
    connectionName: 'muster-runbook',
  };
}

class BudgetSpent extends Error {}

function within<T>(budgetMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => reject(new BudgetSpent(`no answer within ${budgetMs} ms`)), budgetMs);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
  });
}

/** How far it came before it failed: `answers` counts whole replies. */
type Progress = { connected: boolean; answers: number; received: LimitedAnswer };

function classify(
  error: unknown,
  problem: unknown,
  { connected, answers, received }: Progress,
): { state: Unanswered; reason: string } {
  const reason = reasonOf(problem ?? error);
  const text = `${reason} ${reasonOf(error)}`;
  if (/ECONNREFUSED/.test(text)) return { state: 'refused', reason: 'connection refused' };
  // A refused login comes as the problem of the connection, a refused command as the error itself.
  const refusal = [reasonOf(error), reason].find((one) =>
    /NOAUTH|WRONGPASS|NOPERM|invalid username-password/i.test(one),
  );
  if (refusal !== undefined) return { state: 'denied', reason: refusal };
  if (received.tooLarge()) return { state: 'broken', reason: 'it sends more than any answer has' };
  if (/RESP type|ParserError/.test(text))
    return { state: 'broken', reason: 'it does not speak as Redis does' };
  if (error instanceof Error && error.name === 'ReplyError')
    return { state: 'rejected', reason: error.message };
  if (error instanceof BudgetSpent || /ETIMEDOUT|timed? ?out/i.test(text)) {
    if (answers === 0 && received.heard())
      return { state: 'broken', reason: 'its answer did not become whole in time' };
    return connected
      ? { state: 'silent', reason: 'connected, then silent' }
      : { state: 'unreachable', reason: 'no connection within the budget' };
  }
  if (/EHOSTUNREACH|ENETUNREACH/.test(text)) return { state: 'unreachable', reason };
  return { state: 'broken', reason: text.trim() === '' ? 'the connection broke' : reason };
}
