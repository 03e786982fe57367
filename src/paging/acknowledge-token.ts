import { z } from 'zod';
import type { PersonId } from '../incident/words.ts';
import { hmacSha256Hex, safeEqual } from '../kit/signature.ts';
import type { Page, PageSubject } from './page.ts';

/** What an acknowledge link carries: what it acknowledges, in whose name, and until when (epoch milliseconds). */
export type AcknowledgeToken = { subject: PageSubject; person: PersonId; until: number };

/** An acknowledge link is good for this long: as long as a page is worth answering. */
const goodForMs = 24 * 3_600_000;

const payload = z.strictObject({
  subject: z.union([z.strictObject({ incident: z.int().positive() }), z.strictObject({ group: z.string() })]),
  person: z.string(),
  until: z.int(),
});

/** The link under which the person of a page can acknowledge it for 24 hours, signed with `secret`; for `PagerTools`. */
export const createAcknowledgeUrl =
  (options: { secret: string; publicUrl: string; now: () => number }) =>
  ({ subject, person }: Page): string => {
    const { secret, publicUrl, now } = options;
    const token = signToken(secret, { subject, person: person.id, until: now() + goodForMs });
    return `${publicUrl.replace(/\/$/, '')}/ack/${token}`;
  };

/** The token as text for an address: the payload, a dot, its signature. */
export function signToken(secret: string, token: AcknowledgeToken): string {
  const text = Buffer.from(JSON.stringify(token)).toString('base64url');
  return `${text}.${signatureOf(secret, text)}`;
}

/** What a token says, or why it says nothing. The signature is checked, in constant time, before anything is read. */
export function readToken(
  secret: string,
  text: string,
  now: number,
): AcknowledgeToken | 'invalid' | 'expired' {
  const [body = '', signature = '', ...more] = text.split('.');
  if (more.length > 0 || !safeEqual(signature, signatureOf(secret, body))) return 'invalid';
  const token = payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return token.until > now ? token : 'expired';
}

/** The purpose stands in the signed text, so that no other signature of the same secret opens this door. */
const signatureOf = (secret: string, text: string) => hmacSha256Hex(secret, 'acknowledge:', text);
