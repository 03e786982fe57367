/** A Block Kit block, view part or element as JSON; `blocks.ts` says which ones are valid. */
export type Json = { [key: string]: unknown };

/** A member of the workspace. Guests may not create channels; deactivated people can't be invited or messaged. */
export type User = {
  id: string;
  name: string;
  realName: string;
  email: string | undefined;
  kind: 'member' | 'guest' | 'bot' | 'deactivated';
  title: string;
  timezone: string;
  locale: string;
};

/** Message metadata as an app attaches it: an event type and a payload. */
export type Metadata = { event_type: string; event_payload: Json };

/** A message; `ts` is its identity within the channel. `edits` counts changes by `chat.update` or a response URL. */
export type Message = {
  ts: string;
  user: string;
  byApp: boolean;
  text: string;
  blocks: Json[];
  attachments: Json[];
  metadata: Metadata | undefined;
  threadTs: string | undefined;
  /** Timestamps of the replies in its thread. */
  replies: string[];
  subtype: string | undefined;
  edits: number;
  editedAt: number | undefined;
  /** True when raw `@channel` and `@name` in the text are turned into mentions (`parse: full`, `link_names`). */
  linkNames: boolean;
  reactions: { name: string; users: string[] }[];
  /** For an ephemeral message the only person who sees it. */
  onlyFor: string | undefined;
  /** What people have picked in its menus so far, by block and action, as Slack's `state.values`. */
  picked: { [user: string]: StateValues };
};

/** State of inputs: `values[block_id][action_id]`. */
export type StateValues = { [blockId: string]: { [actionId: string]: Json } };

/** A bookmark in a channel's header. */
export type Bookmark = { id: string; title: string; link: string; emoji: string; createdAt: number };

/** A conversation of any kind; `members` are in order of joining, `pins` in order of pinning. */
export type Channel = {
  id: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  name: string;
  creator: string;
  createdAt: number;
  archived: boolean;
  general: boolean;
  members: string[];
  topic: string;
  purpose: string;
  pins: string[];
  bookmarks: Bookmark[];
  messages: Message[];
  ephemerals: Message[];
};

/** A modal or Home view. `hash` changes with every update and guards against lost updates. */
export type View = {
  id: string;
  type: 'modal' | 'home';
  user: string;
  content: Json;
  blocks: Json[];
  state: StateValues;
  hash: string;
  rootId: string;
  previousId: string | undefined;
  externalId: string | undefined;
  open: boolean;
  updates: number;
  /** Errors shown beside inputs, by block. */
  errors: Record<string, string>;
};

/** A user group; listed by `usergroups.list`, mentioned by `<!subteam^ID>`. */
export type Usergroup = { id: string; handle: string; name: string; users: string[] };

/** A file on its way into Slack, or there: `data` is undefined until its bytes came, `completed` says that it may be shown. */
export type SlackFile = {
  id: string;
  name: string;
  title: string;
  altText: string;
  length: number;
  data: Buffer | undefined;
  completed: boolean;
};

/** The whole workspace: plain data, changed only by the functions of this room. */
export type World = {
  team: { id: string; name: string; domain: string };
  users: Map<string, User>;
  channels: Map<string, Channel>;
  views: Map<string, View>;
  files: Map<string, SlackFile>;
  usergroups: Usergroup[];
  nextId: number;
  lastTs: number;
};

/** A person as given to the sandbox; everything but the id and name has a default. */
export type Person = Partial<User> & { id: string; name: string };

/** Creates an empty workspace with its people and a #general channel that everybody is in. */
export function createWorld(people: Person[], team: Partial<World['team']>, now: number): World {
  const world: World = {
    team: { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox', ...team },
    users: new Map(),
    channels: new Map(),
    views: new Map(),
    files: new Map(),
    usergroups: [],
    nextId: 1,
    lastTs: 0,
  };
  for (const person of people) addUser(world, person);
  const general = newChannel(world, {
    kind: 'public',
    name: 'general',
    creator: people[0]?.id ?? 'USLACKBOT',
    now,
  });
  general.general = true;
  general.members = people.map((person) => person.id);
  return world;
}

/** Adds a person (or bot) to the workspace. */
export function addUser(world: World, person: Person): User {
  const user: User = {
    realName: person.name,
    email: undefined,
    kind: 'member',
    title: '',
    timezone: 'Asia/Seoul',
    locale: 'en-US',
    ...person,
  };
  world.users.set(user.id, user);
  return user;
}

/** A new unique id with Slack's shape: a letter for the kind, then upper-case letters and digits. */
export function newId(world: World, prefix: string): string {
  return `${prefix}0${(world.nextId++).toString(36).toUpperCase().padStart(8, '0')}`;
}

/** A new message timestamp: seconds and microseconds of `now`, unique and rising in the workspace. */
export function newTs(world: World, now: number): string {
  world.lastTs = Math.max(world.lastTs + 1, now * 1000);
  return `${Math.floor(world.lastTs / 1e6)}.${String(world.lastTs % 1e6).padStart(6, '0')}`;
}

/** Adds a conversation with its creator as the only member; names are checked by the caller. */
export function newChannel(
  world: World,
  made: { kind: Channel['kind']; name: string; creator: string; now: number },
): Channel {
  const channel: Channel = {
    id: newId(world, made.kind === 'im' ? 'D' : 'C'),
    kind: made.kind,
    name: made.name,
    creator: made.creator,
    createdAt: made.now,
    archived: false,
    general: false,
    members: [made.creator],
    topic: '',
    purpose: '',
    pins: [],
    bookmarks: [],
    messages: [],
    ephemerals: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** The direct conversation between exactly these people, made when it does not exist yet. */
export function directChannel(
  world: World,
  members: string[],
  now: number,
): { channel: Channel; created: boolean } {
  const wanted = [...new Set(members)].sort().join();
  for (const channel of world.channels.values()) {
    if (channel.kind !== 'im' && channel.kind !== 'mpim') continue;
    if ([...channel.members].sort().join() === wanted) return { channel, created: false };
  }
  const kind = members.length > 2 ? 'mpim' : 'im';
  const name =
    kind === 'mpim' ? `mpdm-${members.map((id) => world.users.get(id)?.name ?? id).join('--')}-1` : '';
  const channel = newChannel(world, { kind, name, creator: members[0]!, now });
  channel.members = [...new Set(members)];
  return { channel, created: true };
}

/** The message with this timestamp, ephemeral ones included when `user` is the one who sees it. */
export function messageAt(channel: Channel, ts: string, user?: string): Message | undefined {
  return (
    channel.messages.find((message) => message.ts === ts) ??
    channel.ephemerals.find((message) => message.ts === ts && message.onlyFor === user)
  );
}

/** The stack of open modals of a person, bottom first. */
export function openModals(world: World, user: string): View[] {
  return [...world.views.values()].filter((view) => view.type === 'modal' && view.open && view.user === user);
}
