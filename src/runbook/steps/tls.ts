import { z } from 'zod';
import { formatAddress } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { CaText } from '../systems/http/probe.ts';
import { EndpointText, findAddresses, HostText } from '../systems/net/endpoint.ts';
import { judgeNotFound } from '../systems/net/judge-tcp.ts';
import { judgeTls } from '../systems/net/judge-tls.ts';
import { tcpMessages } from '../systems/net/tcp-messages.ts';
import { tlsMessages } from '../systems/net/tls-messages.ts';
import { viewTls } from '../systems/net/tls-view.ts';

const days = z.number().int().min(0).max(1000);

const input = z.strictObject({
  address: EndpointText.describe('host:port, or the URL that is meant; a plain http URL has no certificate'),
  name: HostText.optional().describe('The name the certificate must be for; default: the host'),
  warn_days: days.default(21).describe('Fewer days left are a warning'),
  fail_days: days.default(3).describe('Fewer days left are a failure'),
  ca: CaText,
  patience: Duration.prefault('3s').describe('How long the handshake with one address may take'),
});

/** Looks at the certificate that every address of a place presents. */
export const tls = defineStep({
  name: 'tls',
  about:
    'Does a TLS handshake with every address behind host:port: chain, names, days left and protocol; expired, not yet valid, wrong name, self-signed, unknown CA and missing intermediate told apart.',
  effect: 'read',
  input,
  example: { address: 'orders.example.com:443', warn_days: 14 },
  targets: ['address'],
  timeoutMs: 10_000,
  target: ({ address }) => `tls ${formatAddress(address)}`,
  run: async ({ address, name, warn_days, fail_days, ca, patience }, { signal, language, now }) => {
    const say = tlsMessages(language);
    const place = formatAddress(address);
    const evidence = { columns: [], rows: [] };
    if (address.plain)
      return { verdict: 'pass', sentence: say.plain(place), evidence, facts: { tls: false } };
    const found = await findAddresses(address.host, patience);
    if (found.state !== 'found') return judgeNotFound(found, address.host, tcpMessages(language));
    const wanted = name ?? address.host;
    const target = { addresses: found.addresses, port: address.port, name: wanted, ca };
    const view = await viewTls(target, patience, signal);
    const limits = { place, name: wanted, warnDays: warn_days, failDays: fail_days, now: now() };
    return judgeTls(view, limits, say);
  },
});
