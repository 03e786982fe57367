import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** A host and a port, as `host:port` or `[v6]:port`. */
export type Address = { host: string; port: number };

/** Reads `host:port`; undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined;
}

/** Writes an address the way people type it. */
export const formatAddress = ({ host, port }: Address): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;

/** The IP address of a host, looked up once; null when its name does not resolve here. */
export async function resolveHost(host: string): Promise<string | null> {
  if (isIP(host)) return host;
  return lookup(host).then(
    ({ address }) => address,
    () => null,
  );
}

/** An address in a step's input. */
export const AddressText = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, 'must be host:port');

/** What kind of place an IP address is, for people who wonder why a client cannot reach it. */
export type Place = 'loopback' | 'unspecified' | 'link-local' | 'private' | 'public';

const kinds: [Place, string, number, 'ipv4' | 'ipv6'][] = [
  ['loopback', '127.0.0.0', 8, 'ipv4'],
  ['loopback', '::1', 128, 'ipv6'],
  ['unspecified', '0.0.0.0', 8, 'ipv4'],
  ['unspecified', '::', 128, 'ipv6'],
  ['link-local', '169.254.0.0', 16, 'ipv4'],
  ['link-local', 'fe80::', 10, 'ipv6'],
  ['private', '10.0.0.0', 8, 'ipv4'],
  ['private', '172.16.0.0', 12, 'ipv4'],
  ['private', '192.168.0.0', 16, 'ipv4'],
  ['private', '100.64.0.0', 10, 'ipv4'],
  ['private', 'fc00::', 7, 'ipv6'],
];

const lists = new Map<Place, BlockList>();
for (const [kind, network, prefix, family] of kinds) {
  const list = lists.get(kind) ?? new BlockList();
  list.addSubnet(network, prefix, family);
  lists.set(kind, list);
}

/** Classifies an IP address (RFC 6890); IPv4 inside IPv6 counts as the IPv4 address it is. */
export function placeOf(ip: string): Place {
  const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4';
  for (const [kind, list] of lists) if (list.check(ip, family)) return kind;
  return 'public';
}
