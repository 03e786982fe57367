import { z } from 'zod';
import { oneLine } from '../../kit/text.ts';
import { defineStep } from '../step.ts';
import { BurstInput, bodyText, runBurst } from '../systems/http/burst.ts';
import { burstMessages } from '../systems/http/burst-messages.ts';
import { judgeBurst } from '../systems/http/judge-burst.ts';
import { createProbe, withMaskedQuery } from '../systems/http/probe.ts';

const input = z.strictObject({
  ...BurstInput,
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  body: z.json().optional().describe('The body of every request: text as it is, anything else as JSON'),
});

/** Reproduces a failure that shows only under concurrent writes. Every request may write, so people approve it. */
export const httpBurstWrite = defineStep({
  name: 'http-burst-write',
  about:
    'Reproduces a failure that shows only under concurrent writes: the same bounded burst with a method that is not safe, and the error codes that came out.',
  effect: 'change',
  input,
  example: {
    url: 'https://shop.example.com/api/cart/items',
    body: { productId: 'probe-1', quantity: 1 },
    headers: { authorization: { secretRef: 'SHOP_PROBE_TOKEN' } },
    users: 5,
    requests: 20,
    intended: [409],
  },
  targets: ['url'],
  timeoutMs: 20_000,
  target: ({ url }) => `http ${new URL(url).host}`,
  preview: ({ url, method, alone, requests, users, body }, language) => {
    const say = burstMessages(language);
    const whole = body === undefined ? say.noBody : bodyText(body);
    const shown = whole.length > 300 ? say.cutBody(oneLine(whole, 300), whole.length) : whole;
    // With its query: DELETE …?id=1 is not DELETE …?id=2.
    return say.preview(`${method} ${withMaskedQuery(url)}`, alone + requests, users, shown);
  },
  run: async (input, { signal, secret, language }) => {
    const { body, ...rest } = input;
    const json = body !== undefined && typeof body !== 'string';
    const headers = { ...(json && { 'content-type': 'application/json' }), ...input.headers };
    const sent = { ...rest, ...(body === undefined ? {} : { body: bodyText(body) }) };
    const view = await runBurst(createProbe({ ...input, headers }, secret), sent, signal);
    return judgeBurst(view, input, burstMessages(language));
  },
});
