import type { Incident } from '../incident/state.ts';
import { Failure } from '../kit/failure.ts';
import { channelName } from './channel-name.ts';
import type { SlackCall } from './client.ts';
import { refusalOf } from './failure-of.ts';

/** A channel as Slack describes it. */
type Channel = { id: string; name: string; creator: string; purpose: { value: string } };

/** The incident's channel, and whether it was made just now: then nothing can be in it yet. */
export type Opened = { id: string; name: string; fresh: boolean };

const maxNames = 20;

/**
 * Makes the incident's channel and marks it by its purpose, or adopts the one an earlier try made. A channel of that name
 * that our bot did not make, or that bears another incident's mark, is left alone and the next name is tried.
 */
export async function openChannel(
  incident: Incident,
  mark: string,
  call: SlackCall,
  botUser: () => Promise<string>,
): Promise<Opened> {
  for (let attempt = 1; attempt <= maxNames; attempt++) {
    const name = channelName(incident, attempt);
    const made = await create(name, call);
    const channel = made ?? (await findOurs(name, mark, call, botUser));
    if (channel === null) continue;
    if (channel.purpose.value !== mark) {
      await call('conversations.setPurpose', { channel: channel.id, purpose: mark });
    }
    return { id: channel.id, name: channel.name, fresh: made !== null };
  }
  throw new Failure({
    code: 'channel-names-taken',
    what: 'Other people’s channels hold all names for this incident',
    value: channelName(incident),
    remedy: 'Rename or delete one of these channels; Muster then goes on by itself.',
  });
}

async function create(name: string, call: SlackCall): Promise<Channel | null> {
  try {
    const { channel } = await call<{ channel: Channel }>('conversations.create', { name });
    return channel;
  } catch (error) {
    if (refusalOf(error) === 'name_taken') return null;
    throw error;
  }
}

async function findOurs(
  name: string,
  mark: string,
  call: SlackCall,
  botUser: () => Promise<string>,
): Promise<Channel | null> {
  const found = await findByName(name, call);
  if (found === null || found.creator !== (await botUser())) return null;
  // No mark at all: whoever made it died before marking it. Another mark: an incident that had this number in another life.
  return ['', mark].includes(found.purpose.value) ? found : null;
}

/** The name is all that `name_taken` leaves us. Private channels of other people are not listed: they are not ours. */
async function findByName(name: string, call: SlackCall): Promise<Channel | null> {
  let cursor = '';
  do {
    const page = await call<{ channels: Channel[]; response_metadata?: { next_cursor?: string } }>(
      'conversations.list',
      { types: 'public_channel', limit: 1000, ...(cursor && { cursor }) },
    );
    const found = page.channels.find((channel) => channel.name === name);
    if (found) return found;
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return null;
}
