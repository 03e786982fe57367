import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { getCACertificates } from 'node:tls';
import { Agent } from 'undici';
import { addressKind } from './address.ts';
import { Failure } from './failure.ts';

/** Throws when the URL's host is written as an address that may not be dialled; names are judged when they are resolved. */
export function refuseAddress(url: URL, allowPrivate: boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayDial(host, allowPrivate)) throw blocked(host);
}

/**
 * An undici agent whose connections go only to addresses that may be dialled. The check stands in the resolver of the connection
 * itself, so that the address that was judged is the address that is dialled, whatever the name resolves to a moment later.
 * `ca` (PEM, empty for none) is trusted beside the authorities that Node trusts.
 */
export function guardedAgent(allowPrivate: boolean, ca = ''): Agent {
  const lookup = guardedLookup(allowPrivate);
  const trust = ca === '' ? {} : { ca: [...getCACertificates('default'), ca] };
  return new Agent({ connect: { lookup, timeout: 5000, ...trust }, keepAliveTimeout: 10_000 });
}

/** The resolver of such a connection, for an agent with a trust of its own. */
export function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const allowed = found.filter(({ address }) => mayDial(address, allowPrivate));
      const first = allowed[0];
      if (first === undefined) return done(blocked(`${host} → ${found[0]?.address ?? 'nothing'}`), '');
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

function mayDial(address: string, allowPrivate: boolean): boolean {
  const kind = addressKind(address);
  return kind === 'public' || (kind === 'private' && allowPrivate);
}

const blocked = (value: string) =>
  new Failure({
    code: 'address-blocked',
    retry: 'never',
    what: 'The address may not be dialled',
    value,
    remedy:
      'Metadata and link-local addresses are never dialled, private ones only where the configuration allows it.',
  });
