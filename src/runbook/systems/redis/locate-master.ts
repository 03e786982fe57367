import { Failure } from '../../../kit/failure.ts';
import { formatAddress } from '../../address.ts';
import type { RedisConnection } from '../../input.ts';
import { askRedis, type RedisLogin } from './ask-redis.ts';

/** One Redis ready to be asked. */
export type Located = { address: string; login: RedisLogin };

/**
 * Where a connection leads: its address, or the master that most Sentinels name, since one that was cut off still names an old one.
 * Throws a Failure when none names one, or they are divided: nothing was asked of Redis itself then.
 */
export async function locateMaster(
  input: RedisConnection,
  secret: (name: string) => string,
  patienceMs: number,
  signal: AbortSignal,
): Promise<Located> {
  const value = (ref: { secretRef: string } | undefined) => ref && secret(ref.secretRef);
  const login = { username: input.username, password: value(input.password), tls: input.tls };
  if (input.address !== undefined) return { address: input.address, login };
  const sentinelLogin = {
    username: input.sentinel_username,
    password: value(input.sentinel_password),
    tls: input.tls,
  };
  const name = input.master!;
  const answers = await Promise.all(
    input.sentinels!.map((address) =>
      askRedis(address, sentinelLogin, patienceMs, signal, (ask) =>
        ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name),
      ),
    ),
  );
  const votes = new Map<string, number>();
  for (const answer of answers) {
    if (answer.state !== 'answered' || !Array.isArray(answer.value)) continue;
    const [host = '', port] = answer.value.map(String);
    const named = formatAddress({ host, port: Number(port) });
    votes.set(named, (votes.get(named) ?? 0) + 1);
  }
  const [first, second] = [...votes].toSorted((a, b) => b[1] - a[1]);
  if (first && first[1] > (second?.[1] ?? 0)) return { address: first[0], login };
  throw new Failure({
    code: 'redis-master-unknown',
    what: first
      ? `The Sentinels disagree about the master called ${name}`
      : `No Sentinel names a master called ${name}`,
    value: input.sentinels!.join(', '),
    remedy: 'Look at the Sentinels first (step redis-sentinel).',
  });
}
