/** Every key of Muster shares one hash tag, so that a script may touch several of them on a cluster too. */
const tag = '{muster}';

/** The names of all keys. Incident ids are integers counted from 1. */
export const keys = {
  /** Stream: the incident's log, entries `0-<version>`. */
  log: (id: number): string => `${tag}:incident:${id}:log`,
  logPrefix: `${tag}:incident:`,
  /** Hash: what a room remembers of an incident; a cache. */
  memory: (id: number, room: string): string => `${tag}:incident:${id}:memory:${room}`,
  /** Counter: the last incident id. */
  sequence: `${tag}:sequence`,
  /** Hash: grouping key → id of its open incident. */
  open: `${tag}:open`,
  /** Hash: grouping key → id of its last closed incident. */
  closed: `${tag}:closed`,
  /** Hash: grouping key → digest of the last group that the incident reflects. */
  known: `${tag}:known`,
  /** Hash: grouping key → a problem that is listed without an incident. */
  listed: `${tag}:listed`,
  /** Sorted set: `<room>|<id>` → epoch milliseconds at which to look again. */
  due: `${tag}:due`,
  /** Hash: channel id → incident id. */
  channels: `${tag}:channels`,
  /** Set: locations that ever had a worker. */
  locations: `${tag}:locations`,
  /** String: written before each WAIT, so that its replication covers everything before it. */
  mark: `${tag}:mark`,
  /** String with a time to live: an outside id that was handled. */
  seen: (id: string): string => `${tag}:seen:${id}`,
  /** String with a time to live: who acts on a target now. */
  lock: (target: string): string => `${tag}:lock:${target}`,
  /** Three keys with a time to live: what a look found a moment ago, who is at it now, who waits for that. */
  look: (name: string): { found: string; leader: string; waiting: string } => ({
    found: `${tag}:look:${name}`,
    leader: `${tag}:look:${name}:leader`,
    waiting: `${tag}:look:${name}:waiting`,
  }),
  /** Sorted set and counter, both with a time to live: who probes a target now, and how often in this minute. */
  target: (target: string): { running: string; minute: string } => ({
    running: `${tag}:target:${target}:running`,
    minute: `${tag}:target:${target}:minute`,
  }),
  /** The prefix of BullMQ's own keys. */
  queues: `${tag}:queue`,
} as const;
