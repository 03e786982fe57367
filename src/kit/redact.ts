import { tokenPatterns } from './token-patterns.ts';

/** Secrets shorter than this are not searched for: masking every "abc" would destroy the text and betray the secret. */
const shortestSecret = 4;

/**
 * Returns the one function that every sink applies to text before it leaves the process. Declared secrets are masked exactly, also
 * as they look inside JSON, a URL or base64; then known shapes of tokens, keys and passwords. Masking twice changes nothing.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const shapes = new Set(secrets.flatMap(written).filter((shape) => shape.length >= shortestSecret));
  const longestFirst = [...shapes].sort((a, b) => b.length - a.length).map(literally);
  const declared = longestFirst.length === 0 ? undefined : new RegExp(longestFirst.join('|'), 'g');
  return (text) => {
    let masked = declared === undefined ? text : text.replace(declared, '[redacted]');
    for (const { find, mask } of tokenPatterns) masked = masked.replace(find, mask);
    return masked;
  };
}

function written(secret: string): string[] {
  const trimmed = secret.trim();
  return [
    secret,
    trimmed,
    JSON.stringify(trimmed).slice(1, -1),
    encodeURIComponent(trimmed),
    Buffer.from(trimmed).toString('base64'),
  ];
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
