import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { z } from 'zod';
import { addressKind } from '../../../kit/address.ts';
import { type Address, parseAddress } from '../../address.ts';

/** Where a network step looks. `plain` is a URL that says http: nothing speaks TLS there. */
export type Endpoint = Address & { plain: boolean };

const hostName = /^[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?$/;

/** A host name, or the URL whose host is meant; the host once it is parsed. */
export const HostText = z.string().transform((text, context) => {
  const host = urlOf(text)?.hostname.replace(/^\[|\]$/g, '') ?? text;
  if (isIP(host) !== 0 || hostName.test(host)) return host;
  context.addIssue({ code: 'custom', message: 'must be a host name or a URL' });
  return z.NEVER;
});

/** A name server in a step's input, as Node takes it. */
export const ResolverText = z
  .string()
  .regex(
    /^(\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|[0-9a-fA-F:]+|\[[0-9a-fA-F:]+\]:\d{1,5})$/,
    'must be an IP address, with a port where it is not 53',
  );

/** `host:port`, or the URL that is meant (its own port, else 443 or 80). */
export const EndpointText = z.string().transform((text, context): Endpoint => {
  const url = urlOf(text);
  const plain = url?.protocol === 'http:';
  const port = url?.port || (plain ? '80' : '443');
  const address = parseAddress(url ? `${url.hostname}:${port}` : text);
  if (address) return { ...address, plain };
  context.addIssue({ code: 'custom', message: 'must be host:port or a URL' });
  return z.NEVER;
});

function urlOf(text: string): URL | undefined {
  return /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

/** The addresses behind a host, or why there are none; `forbidden` ones (metadata, link-local) are never dialled. */
export type Found =
  | { state: 'found'; addresses: string[] }
  | { state: 'forbidden'; addresses: string[] }
  | { state: 'no-such-name' }
  | { state: 'no-resolver'; code: string };

/** How many addresses of one name are dialled. */
const maxAddresses = 8;

/** Resolves a host as programs on this machine do. Gives up after `patienceMs`. */
export async function findAddresses(host: string, patienceMs: number): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patienceMs);
  });
  try {
    const found = isIP(host) ? [{ address: host }] : await Promise.race([lookup(host, { all: true }), late]);
    if (found === 'late') return { state: 'no-resolver', code: 'ETIMEOUT' };
    const addresses = [...new Set(found.map(({ address }) => address))];
    const allowed = addresses
      .filter((address) => addressKind(address) !== 'forbidden')
      .slice(0, maxAddresses);
    return allowed.length > 0 ? { state: 'found', addresses: allowed } : { state: 'forbidden', addresses };
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    return code === 'ENOTFOUND' ? { state: 'no-such-name' } : { state: 'no-resolver', code };
  } finally {
    clearTimeout(timer);
  }
}
