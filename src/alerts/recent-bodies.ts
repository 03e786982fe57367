import { hash } from 'node:crypto';
import type { AlertGroup, ToGroups } from './group.ts';
import { parsePayload } from './payload.ts';

/** What a body says: its groups, or the end of a sentence that says why it cannot be understood. */
export type Understood = { groups: AlertGroup[] } | { problem: string };

/** What a body counts that was seen once: its hash and a place in the map. */
const seenOnceBytes = 200;

/**
 * Understands raw webhook bodies. Alertmanager and its peers send the same bytes again and again (`repeat_interval`, retries, HA
 * duplicates): a body seen a second time is remembered by its hash, and not parsed a third time. What is only ever seen once, as
 * most bodies of a storm, is not kept. Keeps at most `maxBytes` of bodies.
 */
export function createUnderstand(
  toGroups: ToGroups,
  maxBytes = 32_000_000,
): (body: Buffer, receivedAt: number) => Understood {
  const recent = new Map<string, { groups: AlertGroup[] | null; bytes: number }>();
  let bytes = 0;

  const keep = (id: string, groups: AlertGroup[] | null, size: number): void => {
    bytes += size - (recent.get(id)?.bytes ?? 0);
    recent.delete(id);
    recent.set(id, { groups, bytes: size });
    for (const [oldest, entry] of recent) {
      if (bytes <= maxBytes) break;
      recent.delete(oldest);
      bytes -= entry.bytes;
    }
  };

  return (body, receivedAt) => {
    const id = hash('sha256', body, 'base64url');
    const before = recent.get(id);
    if (before?.groups) {
      keep(id, before.groups, before.bytes);
      return { groups: before.groups };
    }
    const parsed = parseJson(body);
    if ('problem' in parsed) return parsed;
    const checked = parsePayload(parsed.value);
    if ('problem' in checked) return checked;
    const groups = toGroups(checked.payload, receivedAt);
    if (before) keep(id, groups, body.length);
    else keep(id, null, seenOnceBytes);
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
