import { isIP } from 'node:net';
import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { dnsMessages } from '../systems/net/dns-messages.ts';
import { viewDns } from '../systems/net/dns-view.ts';
import { HostText, ResolverText } from '../systems/net/endpoint.ts';
import { judgeDns } from '../systems/net/judge-dns.ts';

const address = z.union([z.ipv4(), z.ipv6()]);
const input = z.strictObject({
  name: HostText.describe('The name that must resolve, or a URL whose host is meant'),
  resolvers: z
    .array(ResolverText)
    .max(8)
    .default([])
    .describe('Resolvers to ask; none: those this machine is configured with'),
  addresses: z.array(address).max(32).default([]).describe('The addresses that are right; none: any'),
  within: Duration.prefault('500ms').describe('A slower answer is a warning'),
  patience: Duration.prefault('2s').describe('How long one resolver may take before it counts as silent'),
});

/** Asks several resolvers for one name and compares what they say. */
export const dns = defineStep({
  name: 'dns',
  about:
    'Asks every resolver for the addresses of a name and compares them: names that do not exist, failing and silent resolvers, resolvers that disagree, addresses that are not expected.',
  effect: 'read',
  input,
  example: {
    name: 'orders.example.com',
    resolvers: ['10.0.0.2', '10.0.1.2:5353'],
    addresses: ['192.0.2.10', '192.0.2.11'],
  },
  targets: ['name', 'resolvers'],
  timeoutMs: 10_000,
  target: ({ name }) => `dns ${name}`,
  run: async ({ name, resolvers, addresses, within, patience }, { signal, language }) => {
    const say = dnsMessages(language);
    if (isIP(name) !== 0) {
      const facts = { addresses: [name], resolvers: 0, answered: 0 };
      return { verdict: 'pass', sentence: say.isAddress(name), evidence: { columns: [], rows: [] }, facts };
    }
    const view = await viewDns(name, resolvers, patience, signal);
    return judgeDns(view, { name, addresses, withinMs: within }, say);
  },
});
