import type { Command } from '../incident/commands.ts';
import type { Room, Tools } from '../incident/room.ts';
import { type Incident, incidentName } from '../incident/state.ts';
import { Failure, reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { SlackCall } from './client.ts';
import { refusalOf } from './failure-of.ts';
import { invite } from './invite.ts';
import { nothing, pictureMemory, type Trying } from './memory.ts';
import { openChannel } from './open-channel.ts';
import { type DrawPicture, type PutBytes, pictureWaitMs, uploadPicture } from './pictures.ts';
import { digestOf, type PlanDeps, planSlack, purposeOf, type SlackAction } from './plan.ts';
import { findNewest, markOf } from './read-back.ts';
import { pictureNotReady, postMessage, updateMessage } from './send.ts';

/** What the room needs. */
export type SlackRoomDeps = PlanDeps & { call: SlackCall; log: Log; draw: DrawPicture; put: PutBytes };

type Performing = SlackRoomDeps & { incident: Incident; tools: Tools; botUser: () => Promise<string> };
type Doing<N extends SlackAction['do']> = Extract<SlackAction, { do: N }>;

/**
 * The room that keeps an incident's channel in Slack: one channel, one pinned card edited in place, the people, the topic, the
 * bookmarks, and one post for each piece of news, in order. Whatever gets lost on the way, there is exactly one of each.
 */
export function createSlackRoom(deps: SlackRoomDeps): Room<SlackAction> {
  let known: string | null = null;
  return {
    name: 'slack',
    parallel: false,
    plan: (incident, now, memory) => planSlack(incident, now, memory, deps),
    perform: (action, incident, tools) => {
      const call: SlackCall = (method, args, options) =>
        deps.call(method, args, { signal: tools.signal, ...options });
      const botUser = async () => {
        known ??= (await call<{ user_id: string }>('auth.test', {})).user_id;
        return known;
      };
      return perform(action, { ...deps, call, incident, tools, botUser });
    },
  };
}

async function perform(action: SlackAction, it: Performing): Promise<Command[]> {
  switch (action.do) {
    case 'open-channel':
      return open(it);
    case 'post-card':
      return postCard(action, it);
    case 'find-posts':
      return findPosts(action, it);
    case 'upload-picture':
      return upload(action, it);
    case 'post':
      return post(action, it);
    case 'invite': {
      const invited = await invite(action.channel, action.people, it.sight.slackOf, it.call);
      const entries = Object.entries(invited).map(([person, how]) => [`invited ${person}`, how]);
      await it.tools.remember(Object.fromEntries(entries));
      return [];
    }
    case 'update-card':
      return orLeave(it, { card: digestOf(action.message) }, () =>
        updateMessage({ channel: action.channel, ts: action.ts }, action.message, it.call, it.log),
      );
    case 'set-topic':
      return orLeave(it, { topic: action.topic }, () =>
        it.call('conversations.setTopic', { channel: action.channel, topic: action.topic }),
      );
    case 'pin-card':
      return orLeave(it, { pinned: action.ts }, () => pin(action, it.call));
    case 'bookmark':
      return orLeave(it, { [`bookmark ${action.link.url}`]: 'there' }, () => bookmark(action, it.call));
  }
}

async function open({ incident, call, botUser, tools }: Performing): Promise<Command[]> {
  const { id, name, fresh } = await openChannel(incident, purposeOf(incident), call, botUser);
  // Only whoever made the channel knows that nothing is in it yet; others look first.
  await tools.remember(fresh ? { trying: nothing, posted: '0' } : { trying: null, posted: null });
  return [record(tools, { type: 'RecordChannel', channel: id, name })];
}

async function postCard(action: Doing<'post-card'>, it: Performing): Promise<Command[]> {
  const { channel, message, look } = action;
  const { incident, call, tools, botUser } = it;
  const where = { channel, kind: 'muster_card', incident: incident.id } as const;
  const found = look ? await findNewest({ ...where, botUser: await botUser() }, call) : null;
  if (found) {
    await tools.remember({ card: null });
    return [record(tools, { type: 'RecordCard', channel, ts: found.ts })];
  }
  await tools.remember({ trying: 'card' satisfies Trying });
  const metadata = markOf('muster_card', incident.id);
  const ts = await postMessage({ channel, metadata }, message, call, it.log);
  await tools.remember({ card: digestOf(message) });
  return [record(tools, { type: 'RecordCard', channel, ts })];
}

async function findPosts({ channel }: Doing<'find-posts'>, it: Performing): Promise<Command[]> {
  const where = { channel, kind: 'muster_post', incident: it.incident.id } as const;
  const found = await findNewest({ ...where, botUser: await it.botUser() }, it.call);
  await it.tools.remember({ trying: nothing, posted: String(found?.version ?? 0) });
  return [];
}

/** A picture that does not come in time is left out: the words below which it would stand are what matters. */
async function upload({ index, chart }: Doing<'upload-picture'>, it: Performing): Promise<Command[]> {
  const { incident, tools, log } = it;
  try {
    const picture = await it.draw(chart, incident, tools.signal);
    const name = `${incidentName(incident.id)}-${index + 1}.png`;
    const file = await uploadPicture(picture, name, { ...it, signal: tools.signal });
    await tools.remember(pictureMemory(index, { file, alt: picture.alt }));
  } catch (error) {
    const mayCome = error instanceof Failure && error.retry === 'later' && isFresh(index, it);
    if (mayCome || tools.signal.aborted) throw error;
    log.warn({ incident: incident.id, why: reasonOf(error) }, 'a chart is posted without its picture');
    await tools.remember(pictureMemory(index, null));
  }
  return [];
}

/** True while a post may still wait for its picture. */
const isFresh = (index: number, { incident, tools }: Performing): boolean =>
  tools.now() - (incident.events[index]?.at ?? 0) < pictureWaitMs;

async function post(action: Doing<'post'>, it: Performing): Promise<Command[]> {
  const { incident, call, tools, log } = it;
  const { channel, message, to } = action;
  await tools.remember({ trying: 'post' satisfies Trying });
  const metadata = markOf('muster_post', incident.id, to);
  try {
    await postMessage({ channel, metadata }, message, call, log, isFresh(to - 1, it));
  } catch (error) {
    // Slack refused it, so it is certain that nothing was posted.
    if (error instanceof Failure && error.code === pictureNotReady) await tools.remember({ trying: nothing });
    const closed = ['is_archived', 'channel_not_found'].includes(refusalOf(error) ?? '');
    if (!closed || incident.state.status.is !== 'resolved') throw error;
    log.warn(
      { incident: incident.id, why: reasonOf(error) },
      'the channel of a resolved incident was closed',
    );
  }
  await tools.remember({ trying: nothing, posted: String(to) });
  return [];
}

async function pin({ channel, ts }: Doing<'pin-card'>, call: SlackCall): Promise<void> {
  try {
    await call('pins.add', { channel, timestamp: ts });
  } catch (error) {
    if (refusalOf(error) !== 'already_pinned') throw error;
  }
}

async function bookmark({ channel, link, title }: Doing<'bookmark'>, call: SlackCall): Promise<void> {
  const { bookmarks } = await call<{ bookmarks: { link: string }[] }>('bookmarks.list', {
    channel_id: channel,
  });
  if (bookmarks.some((known) => known.link === link.url)) return;
  await call('bookmarks.add', { channel_id: channel, title, type: 'link', link: link.url });
}

/** What must not hold up the rest: when Slack refuses it for good, that is logged and left until it changes. */
async function orLeave(
  { tools, log, incident }: Performing,
  done: Record<string, string>,
  run: () => Promise<unknown>,
): Promise<Command[]> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Failure) || error.retry === 'later') throw error;
    log.warn(
      { incident: incident.id, code: error.code, why: reasonOf(error) },
      'Slack refused; left as it is',
    );
  }
  await tools.remember(done);
  return [];
}

type Recording =
  | { type: 'RecordChannel'; channel: string; name: string }
  | { type: 'RecordCard'; channel: string; ts: string };

const record = ({ now }: Tools, recording: Recording): Command => ({
  ...recording,
  at: now(),
  by: { kind: 'muster', rule: 'slack' },
});
