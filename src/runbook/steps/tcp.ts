import { z } from 'zod';
import { formatAddress } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { EndpointText, findAddresses } from '../systems/net/endpoint.ts';
import { judgeNotFound, judgeTcp } from '../systems/net/judge-tcp.ts';
import { tcpMessages } from '../systems/net/tcp-messages.ts';
import { viewTcp } from '../systems/net/tcp-view.ts';

const input = z.strictObject({
  address: EndpointText.describe('host:port, or the URL that is meant'),
  patience: Duration.prefault('3s').describe('How long one address may take to answer'),
});

/** Connects to every address of a place and says what came of it. */
export const tcp = defineStep({
  name: 'tcp',
  about:
    'Connects to every address behind host:port, sends nothing, and tells refused, silent, reset, closed at once and unreachable apart.',
  effect: 'read',
  input,
  example: { address: 'orders.example.com:443' },
  targets: ['address'],
  timeoutMs: 10_000,
  target: ({ address }) => `tcp ${formatAddress(address)}`,
  run: async ({ address, patience }, { signal, language }) => {
    const say = tcpMessages(language);
    const found = await findAddresses(address.host, patience);
    if (found.state !== 'found') return judgeNotFound(found, address.host, say);
    const view = await viewTcp(found.addresses, address.port, patience, signal);
    return judgeTcp(view, formatAddress(address), say);
  },
});
