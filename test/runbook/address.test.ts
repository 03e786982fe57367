import { expect, it } from 'vitest';
import { formatAddress, parseAddress, placeOf } from '../../src/runbook/address.ts';

it.each([
  ['10.0.0.1:6379', { host: '10.0.0.1', port: 6379 }],
  ['redis-1.example.com:1', { host: 'redis-1.example.com', port: 1 }],
  ['[::1]:26379', { host: '::1', port: 26379 }],
  ['host', undefined],
  ['host:0', undefined],
  ['host:70000', undefined],
  ['a b:1', undefined],
  ['http://h:1', undefined],
])('%s is read and written back', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
  if (address) expect(formatAddress(address)).toBe(text);
});

it.each([
  ['127.1.2.3', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['169.254.169.254', 'link-local'],
  ['192.168.1.1', 'private'],
  ['fd12::1', 'private'],
  ['8.8.8.8', 'public'],
])('%s is %s', (ip, place) => expect(placeOf(ip)).toBe(place));
