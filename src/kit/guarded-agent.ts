import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { getCACertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
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
 * `ca` (PEM, empty for none) is trusted beside the authorities that Node trusts. With `until`, a connection that is still being
 * made when it aborts is given up at once: undici itself only listens once there is one.
 */
export function guardedAgent(allowPrivate: boolean, ca = '', until?: AbortSignal): Agent {
  const lookup = guardedLookup(allowPrivate);
  const trust = ca === '' ? {} : { ca: [...getCACertificates('default'), ca] };
  const connector = buildConnector({ lookup, timeout: until ? 0 : 5000, ...trust });
  return new Agent({ connect: until ? endingWith(connector, until) : connector, keepAliveTimeout: 10_000 });
}

/** The connector, which gives up the connection it is making when `until` aborts. */
function endingWith(connector: buildConnector.connector, until: AbortSignal): buildConnector.connector {
  return (options, done) => {
    // It returns the socket, which its type does not say.
    const socket = connector(options, (...made) => {
      until.removeEventListener('abort', stop);
      done(...made);
    }) as unknown as Socket;
    function stop() {
      socket.destroy(givenUp(socket.connecting));
    }
    until.addEventListener('abort', stop, { once: true });
    if (until.aborted) stop();
  };
}

/** How far it had come: without a connection, or with one on which the other side said nothing to our first bytes. */
const givenUp = (connecting: boolean): Error =>
  Object.assign(new Error(connecting ? 'no connection in time' : 'connected, but no TLS handshake in time'), {
    code: connecting ? 'UND_ERR_CONNECT_TIMEOUT' : 'ERR_TLS_HANDSHAKE_TIMEOUT',
  });

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
