import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, getCACertificates } from 'node:tls';
import { formatAddress } from '../../address.ts';
import { networkCause } from './network-cause.ts';

/** One certificate as it is shown. Times are epoch milliseconds. */
export type Certificate = { subject: string; issuer: string; from: number; to: number };

/** What one address presented in its handshake, or why there was none. */
export type TlsSays =
  | {
      address: string;
      state: 'presented';
      protocol: string;
      /** The server's own certificate first, then what leads to a root. */
      chain: Certificate[];
      /** The names the certificate is for. */
      names: string;
      nameFits: boolean;
      /** OpenSSL's reason not to trust the chain (https://docs.openssl.org/master/man1/openssl-verification-options/); null when it does. */
      distrust: string | null;
    }
  | { address: string; state: 'none'; connected: boolean; cause: string | null; reason: string };

/** Whom to ask: the certificate must be for `name`, and `ca` (PEM, empty for none) is trusted beside the usual authorities. */
export type TlsTarget = { addresses: readonly string[]; port: number; name: string; ca: string };

/** Does a TLS handshake with every address at the same time and hangs up. Old protocols are let in, so that they can be named. */
export function viewTls(target: TlsTarget, patienceMs: number, signal: AbortSignal): Promise<TlsSays[]> {
  return Promise.all(target.addresses.map((host) => shakeHands(host, target, patienceMs, signal)));
}

async function shakeHands(
  host: string,
  { port, name, ca }: TlsTarget,
  patienceMs: number,
  signal: AbortSignal,
): Promise<TlsSays> {
  signal.throwIfAborted();
  const address = formatAddress({ host, port });
  const socket = connect({
    host,
    port,
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
    ...(ca !== '' && { ca: [...getCACertificates('default'), ca] }),
  });
  let connected = false;
  socket.once('connect', () => {
    connected = true;
  });
  const stop = () => socket.destroy(Object.assign(new Error('no handshake in time'), { code: 'timeout' }));
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, patienceMs);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed during the handshake')));
    });
    const presented = socket.getPeerX509Certificate();
    const chain = chainOf(presented);
    const leaf = presented?.toLegacyObject();
    return {
      address,
      state: 'presented',
      protocol: socket.getProtocol() ?? '',
      chain,
      names: namesOf(presented?.subjectAltName, chain[0]?.subject ?? ''),
      nameFits: leaf !== undefined && checkServerIdentity(name, leaf) === undefined,
      distrust: distrustOf(socket.authorizationError),
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code = '', message } = error as NodeJS.ErrnoException;
    return {
      address,
      state: 'none',
      connected,
      cause: causeOf(error, code, connected),
      reason: code || message,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    socket.on('error', () => {});
    socket.destroy();
  }
}

function causeOf(error: unknown, code: string, connected: boolean): string | null {
  if (code === 'timeout') return connected ? 'tls-silent' : 'port-silent';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL/.test(code)) return 'tls-not-spoken';
  if (/ALERT|UNSUPPORTED_PROTOCOL/.test(code)) return 'tls-handshake-refused';
  return networkCause(error) ?? null;
}

/** The name's mismatch is judged apart from the chain: Node reports it only where the chain is trusted. */
function distrustOf(error: unknown): string | null {
  if (!error) return null;
  const code =
    error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? null : code;
}

function chainOf(leaf: X509Certificate | undefined): Certificate[] {
  const chain: Certificate[] = [];
  for (let next = leaf; next && chain.length < 10; next = next.issuerCertificate) {
    const { subject, issuer } = next;
    chain.push({
      subject: shortName(subject),
      issuer: shortName(issuer),
      from: Date.parse(next.validFrom),
      to: Date.parse(next.validTo),
    });
    if (subject === issuer) break;
  }
  return chain;
}

/** The common name of a distinguished name, else its last part. */
const shortName = (name: string): string =>
  /(?:^|\n)CN=(.*)/.exec(name)?.[1] ?? name.split('\n').at(-1) ?? '';

const namesOf = (altNames: string | undefined, subject: string): string =>
  altNames === undefined ? subject : altNames.replaceAll(/(DNS|IP Address):/g, '');
