import type { SlackCall } from './client.ts';

/** The kinds of messages that Muster marks as its own, so that it can find them again. */
export type Mark = 'muster_card' | 'muster_post';

type Found = {
  ts: string;
  user?: string;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
};

/** Message metadata: which incident, and for a post the last entry of the log that it tells. */
export const markOf = (kind: Mark, incident: number, version?: number) => ({
  event_type: kind,
  event_payload: { incident, ...(version !== undefined && { version }) },
});

/**
 * The newest message of one kind that Muster itself wrote about an incident, or null. Anybody may attach such metadata, so
 * the author counts as well.
 */
export async function findNewest(
  where: { channel: string; kind: Mark; incident: number; botUser: string },
  call: SlackCall,
): Promise<{ ts: string; version: number } | null> {
  let cursor = '';
  do {
    const page = await call<{ messages: Found[]; response_metadata?: { next_cursor?: string } }>(
      'conversations.history',
      { channel: where.channel, include_all_metadata: true, limit: 200, ...(cursor && { cursor }) },
    );
    const found = page.messages.find(
      ({ user, metadata }) =>
        user === where.botUser &&
        metadata?.event_type === where.kind &&
        metadata.event_payload.incident === where.incident,
    );
    if (found) return { ts: found.ts, version: Number(found.metadata?.event_payload.version ?? 0) };
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return null;
}
