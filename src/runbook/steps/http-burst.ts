import { z } from 'zod';
import { defineStep } from '../step.ts';
import { BurstInput, runBurst } from '../systems/http/burst.ts';
import { burstMessages } from '../systems/http/burst-messages.ts';
import { judgeBurst } from '../systems/http/judge-burst.ts';
import { createProbe } from '../systems/http/probe.ts';

const input = z.strictObject({
  ...BurstInput,
  method: z.enum(['GET', 'HEAD', 'OPTIONS']).default('GET').describe('Safe methods only (RFC 9110)'),
});

/** Asks with a few users at once, and tells what breaks only then. */
export const httpBurst = defineStep({
  name: 'http-burst',
  about:
    'Sends a bounded burst of safe requests, first one at a time and then by a few users at once: percentiles, intended 4xx apart from 5xx, error codes, and what fails only under concurrency.',
  effect: 'read',
  input,
  example: { url: 'https://shop.example.com/api/cart', users: 5, requests: 30, intended: [404] },
  targets: ['url'],
  timeoutMs: 20_000,
  target: ({ url }) => `http ${new URL(url).host}`,
  run: async (input, { signal, secret, language }) =>
    judgeBurst(await runBurst(createProbe(input, secret), input, signal), input, burstMessages(language)),
});
