import { BlockList, isIP } from 'node:net';

/**
 * What an IP address is to us: `forbidden` is never dialled (cloud metadata, link-local, multicast, unspecified), `private` only
 * where the configuration allows it, `public` always.
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

const forbidden = listOf([
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'], // link-local, and the metadata address 169.254.169.254 of AWS, Google and Azure
  ['100.100.100.200', 32, 'ipv4'], // metadata of Alibaba Cloud
  ['168.63.129.16', 32, 'ipv4'], // Azure's host agent
  ['192.0.0.192', 32, 'ipv4'], // metadata of Oracle Cloud
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['fd00:ec2::', 32, 'ipv6'], // metadata of AWS
  ['fd20:ce::', 32, 'ipv6'], // metadata of Google
  ['64:ff9b::', 96, 'ipv6'], // NAT64 would carry any of the above
  ['64:ff9b:1::', 48, 'ipv6'], // the same inside a network (RFC 8215)
  ['2002::', 16, 'ipv6'], // 6to4 as well
]);

const privateRanges = listOf([
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
]);

/** Classifies an IP address; IPv4 addresses written as IPv6 are seen through. What is no address is `forbidden`. */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return 'forbidden';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (forbidden.check(address, family)) return 'forbidden';
  return privateRanges.check(address, family) ? 'private' : 'public';
}

function listOf(ranges: [string, number, 'ipv4' | 'ipv6'][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
