import { promises as dns, getServers } from 'node:dns';
import { hostname } from 'node:os';
import { findAddresses } from './endpoint.ts';

/** What one resolver says of a name. `timeout` and `refused` are about the resolver, the rest about the name. */
export type Resolution =
  | { state: 'answered'; addresses: string[] }
  | { state: 'no-such-name' | 'no-address' | 'server-failure' | 'denied' | 'timeout' | 'refused' | 'broken' };

/** The answer of one resolver and how long it took. */
export type ResolverSays = { resolver: string; ms: number; says: Resolution };

/** What all asked resolvers said at the same time. */
export type DnsView = ResolverSays[];

/** Node's codes (https://nodejs.org/api/dns.html#error-codes): NXDOMAIN, no record of this type, SERVFAIL, REFUSED, silence. */
const states: Record<string, Exclude<Resolution['state'], 'answered'>> = {
  ENOTFOUND: 'no-such-name',
  ENODATA: 'no-address',
  ESERVFAIL: 'server-failure',
  EREFUSED: 'denied',
  ETIMEOUT: 'timeout',
  ECONNREFUSED: 'refused',
};

/**
 * Asks every resolver for the IPv4 and IPv6 addresses of a name. Without resolvers, this machine resolves it as its programs do
 * (hosts file and search list included), and only where that fails, its own resolvers are asked for the reason.
 * Each is asked once and given up after `patienceMs`; nothing is cached in between.
 */
export async function viewDns(
  name: string,
  resolvers: readonly string[],
  patienceMs: number,
  signal: AbortSignal,
): Promise<DnsView> {
  const begin = performance.now();
  const here = resolvers.length > 0 ? null : await findAddresses(name, patienceMs);
  if (here?.state === 'found' || here?.state === 'forbidden') {
    const ms = Math.round(performance.now() - begin);
    return [{ resolver: hostname(), ms, says: { state: 'answered', addresses: here.addresses.toSorted() } }];
  }
  const asked = resolvers.length > 0 ? resolvers : getServers().slice(0, 4);
  return Promise.all(asked.map((resolver) => askResolver(name, resolver, patienceMs, signal)));
}

async function askResolver(
  name: string,
  resolver: string,
  patienceMs: number,
  signal: AbortSignal,
): Promise<ResolverSays> {
  const client = new dns.Resolver({ timeout: patienceMs, tries: 1 });
  client.setServers([resolver]);
  const stop = () => client.cancel();
  signal.addEventListener('abort', stop, { once: true });
  // The library adds to its time-out as it likes; this is the promise.
  const timer = setTimeout(stop, patienceMs);
  const begin = performance.now();
  const ask = (query: Promise<string[]>): Promise<Resolution> =>
    query.then(
      (addresses) => ({ state: 'answered', addresses }),
      (error: { code?: string }) =>
        error.code === 'ECANCELLED' ? { state: 'timeout' } : { state: states[error.code ?? ''] ?? 'broken' },
    );
  try {
    const both = await Promise.all([ask(client.resolve4(name)), ask(client.resolve6(name))]);
    signal.throwIfAborted();
    return { resolver, ms: Math.round(performance.now() - begin), says: merged(both) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** A name with addresses of one family only is whole; else what was said of IPv4 counts, unless only the other query failed. */
function merged([four, six]: [Resolution, Resolution]): Resolution {
  const addresses = [four, six].flatMap((one) => (one.state === 'answered' ? one.addresses : [])).toSorted();
  if (addresses.length > 0) return { state: 'answered', addresses };
  return four.state === 'no-address' ? six : four;
}
