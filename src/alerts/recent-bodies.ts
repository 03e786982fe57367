import { hash } from 'node:crypto';
import type { AlertGroup, ToGroups } from './group.ts';
import { parsePayload } from './payload.ts';

/** What a body says: its groups, or the end of a sentence that says why it cannot be understood. */
export type Understood = { groups: AlertGroup[] } | { problem: string };

/**
 * Understands raw webhook bodies, and remembers the last ones by their hash: Alertmanager and its peers send the same bytes again and
 * again (`repeat_interval`, retries, HA duplicates), and those are then not parsed a second time. Keeps at most `maxBytes` of bodies.
 */
export function createUnderstand(
  toGroups: ToGroups,
  maxBytes = 32_000_000,
): (body: Buffer, receivedAt: number) => Understood {
  const recent = new Map<string, { groups: AlertGroup[]; bytes: number }>();
  let bytes = 0;

  return (body, receivedAt) => {
    const id = hash('sha256', body, 'base64url');
    const known = recent.get(id);
    if (known) {
      recent.delete(id);
      recent.set(id, known);
      return known;
    }
    const parsed = parseJson(body);
    if ('problem' in parsed) return parsed;
    const checked = parsePayload(parsed.value);
    if ('problem' in checked) return checked;
    const groups = toGroups(checked.payload, receivedAt);
    recent.set(id, { groups, bytes: body.length });
    bytes += body.length;
    for (const [oldest, entry] of recent) {
      if (bytes <= maxBytes) break;
      recent.delete(oldest);
      bytes -= entry.bytes;
    }
    return { groups };
  };
}

function parseJson(body: Buffer): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    // The message quotes the body, which is not ours to repeat.
    const position = /position \d+/.exec(String(error))?.[0];
    return { problem: `the body is no JSON${position ? ` (at ${position})` : ''}` };
  }
}
