import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Hex HMAC-SHA256 over the raw bytes of the parts, one after the other. */
export function hmacSha256Hex(secret: string, ...parts: (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/**
 * True when both texts are equal. Takes the same time wherever they differ and whatever their lengths are, because only
 * their hashes are compared. An empty expectation never matches, so a secret that was left out opens nothing.
 */
export function safeEqual(given: string, expected: string): boolean {
  const same = timingSafeEqual(digest(given), digest(expected));
  return same && expected !== '';
}

const digest = (text: string) => hash('sha256', text, 'buffer');
