import type { App } from './manifest.ts';
import {
  type Channel,
  type Json,
  type Message,
  openModals,
  type User,
  type View,
  type World,
} from './world.ts';

/** A message as the Web API and payloads show it; metadata only where it was asked for. */
export function wireMessage(message: Message, app: App, world: World, options: { metadata: boolean }): Json {
  return {
    type: 'message',
    ...(message.subtype && { subtype: message.subtype }),
    ts: message.ts,
    user: message.user,
    text: message.text,
    team: world.team.id,
    ...(message.byApp && {
      bot_id: app.botId,
      app_id: app.id,
      bot_profile: { id: app.botId, name: app.name },
    }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(message.editedAt !== undefined && {
      edited: { user: message.user, ts: `${Math.floor(message.editedAt / 1000)}.000000` },
    }),
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(message.replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: message.replies.length,
      latest_reply: message.replies.at(-1),
    }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length })),
    }),
    ...(options.metadata && message.metadata && { metadata: message.metadata }),
  };
}

/** A conversation as `conversations.info` and `.list` show it. */
export function wireChannel(channel: Channel, app: App, world: World): Json {
  const spoken = { creator: channel.creator, last_set: Math.floor(channel.createdAt / 1000) };
  const common = {
    id: channel.id,
    created: Math.floor(channel.createdAt / 1000),
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_org_shared: false,
    context_team_id: world.team.id,
    updated: channel.createdAt,
  };
  if (channel.kind === 'im')
    return { ...common, user: channel.members.find((member) => member !== app.botUser), is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: channel.general,
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.includes(app.botUser),
    creator: channel.creator,
    topic: { value: channel.topic, ...spoken },
    purpose: { value: channel.purpose, ...spoken },
    num_members: channel.members.length,
  };
}

/** A person as `users.info` shows them; the e-mail address only with its own scope. */
export function wireUser(user: User, app: App, world: World): Json {
  return {
    id: user.id,
    team_id: world.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.kind === 'deactivated',
    is_bot: user.kind === 'bot',
    is_app_user: false,
    is_restricted: user.kind === 'guest',
    is_ultra_restricted: false,
    tz: user.timezone,
    locale: user.locale,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      title: user.title,
      ...(app.scopes.includes('users:read.email') && user.email && { email: user.email }),
    },
  };
}

/** A view as `views.*` answers and payloads show it. */
export function wireView(view: View, app: App, world: World): Json {
  return {
    id: view.id,
    team_id: world.team.id,
    private_metadata: '',
    callback_id: '',
    external_id: view.externalId ?? '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    blocks: view.blocks,
    state: { values: view.state },
    hash: view.hash,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: app.id,
    app_installed_team_id: world.team.id,
    bot_id: app.botId,
  };
}

/** The name of a conversation in payloads: `directmessage` for a direct one, as Slack has it. */
export function wireName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.name;
}

/** What a person sees on top of the workspace: the uppermost open modal. */
export function topModal(world: World, user: string): View | undefined {
  return openModals(world, user).at(-1);
}
