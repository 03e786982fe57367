import { z } from 'zod';
import { hmacSha256Hex } from '../../kit/signature.ts';
import { definePager } from '../pager.ts';

/** A generic webhook: one signed POST a page, for a phone bridge or a pager of one's own. */
export const webhook = definePager({
  name: 'webhook',
  about:
    'Posts the page as signed JSON with an idempotency key and a link under which the person can acknowledge it.',
  vendor: 'webhook',
  input: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    /** Names the secret that signs the body. */
    secretRef: z.string(),
  }),
  example: { url: 'https://bridge.example.com/pages', secretRef: 'PAGER_WEBHOOK_SECRET' },
  async send(page, input, call) {
    const body = JSON.stringify({
      key: page.key,
      incident: page.name,
      round: page.round,
      level: page.level,
      severity: page.severity,
      title: page.title,
      service: page.service,
      since: new Date(page.since).toISOString(),
      person: {
        id: page.person.id,
        name: page.person.name,
        email: page.person.email ?? null,
        language: page.person.language,
      },
      acknowledge_url: call.acknowledgeUrl(page),
    });
    const at = String(Math.floor(call.now() / 1000));
    await call.outbound(input.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': page.key,
        'x-muster-timestamp': at,
        'x-muster-signature': `v1=${hmacSha256Hex(call.secret(input.secretRef), `${at}.`, body)}`,
      },
      body,
      signal: call.signal,
    });
    return { ref: { key: page.key } };
  },
});
