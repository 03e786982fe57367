import type { IncidentEvent } from '../incident/events.ts';
import { evolve } from '../incident/evolve.ts';
import { interests, type RoomName } from '../incident/room.ts';
import { type Incident, type IncidentState, initial, type Live } from '../incident/state.ts';
import type { Severity } from '../incident/words.ts';
import { Failure } from '../kit/failure.ts';
import { keys } from './keys.ts';
import type { Scripted } from './scripts.ts';

/** An incident's log as loaded; `state` is null when there is no such incident. */
export type Loaded = { id: number; version: number; events: IncidentEvent[]; state: IncidentState };

/** What an append came to: the incident after it, or why it was refused (who lost the race decides again). */
export type Appended =
  | { incident: Incident; rooms: RoomName[] }
  | { conflict: 'version' }
  | { conflict: 'taken'; by: number };

/** What the alert ledger is to remember of an incident: the digest of a group that it reflects, or null. */
export type DigestOf = (state: Live) => string | null;

/** How many incidents a process keeps in memory, so that a load costs only what is new. */
const cached = 2000;

/** How long a sync job has before the sweep takes care of the incident. */
const graceMs = 3000;

/** The log of all incidents. `rooms` are those that exist; nobody else is woken. */
export function createIncidentLog(redis: Scripted, now: () => number, rooms: ReadonlySet<RoomName>) {
  const cache = new Map<number, Loaded>();

  const keep = (loaded: Loaded): void => {
    cache.delete(loaded.id);
    cache.set(loaded.id, loaded);
    if (cache.size > cached) cache.delete(cache.keys().next().value as number);
  };

  /** The incident as it stands now; only what is newer than the cache is read. */
  const load = async (id: number): Promise<Loaded> => {
    const before = cache.get(id) ?? { id, version: 0, events: [], state: initial };
    const entries = await redis.xrange(
      keys.log(id),
      before.version === 0 ? '-' : `(0-${before.version}`,
      '+',
    );
    if (entries.length === 0) return before;
    const fresh = entries.map(([entry, fields]) => parse(id, entry, fields[1] ?? ''));
    const loaded = {
      id,
      version: before.version + fresh.length,
      events: [...before.events, ...fresh],
      state: fresh.reduce(evolve, before.state),
    };
    keep(loaded);
    return loaded;
  };

  /**
   * Appends `events` to what was `loaded`; id 0 opens a new incident. `digest` gives what the alert ledger remembers of an
   * incident that came to be so; what it remembered before is forgotten whenever alerts come or go.
   */
  const append = async (loaded: Loaded, events: IncidentEvent[], digest?: DigestOf): Promise<Appended> => {
    const state = events.reduce(evolve, loaded.state);
    if (state === null) throw new Error('the first event of a log must be IncidentOpened');
    const alertsMoved = events.some(({ type }) => type === 'AlertsFired' || type === 'AlertsResolved');
    const ledger = digest?.(state) ?? (alertsMoved ? '' : '-');
    const interested = new Set(events.flatMap((event): readonly RoomName[] => interests[event.type]));
    const awake = [...interested].filter((room) => rooms.has(room));
    const channel = events.find((event) => event.type === 'ChannelCreated')?.channel ?? '';
    const index = indexMove(loaded.state, state);
    try {
      const [id, version] = (await redis.append(
        ...[keys.open, keys.closed, keys.known, keys.due, keys.sequence, keys.channels, keys.listed],
        ...[loaded.id, loaded.version, state.key, index, ledger, now() + graceMs, awake.join(','), channel],
        ...events.map((event) => JSON.stringify(event)),
      )) as [number, number];
      const incident = { id, version, events: [...loaded.events, ...events], state };
      keep(incident);
      return { incident, rooms: awake };
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      if (message.startsWith('VERSION')) {
        // A log that is shorter than what we remember was restored or lost: the cache must not outlive it.
        if (Number(message.slice(8)) < loaded.version) cache.delete(loaded.id);
        return { conflict: 'version' };
      }
      if (message.startsWith('TAKEN')) return { conflict: 'taken', by: Number(message.slice(6)) };
      throw error;
    }
  };

  /** The severity of an incident if it is in memory; for ordering only. */
  const severityOf = (id: number): Severity | null => cache.get(id)?.state?.severity ?? null;

  return { load, append, severityOf };
}

/** What {@link createIncidentLog} gives. */
export type IncidentLog = ReturnType<typeof createIncidentLog>;

const isOpen = (state: IncidentState): boolean => state !== null && state.status.is !== 'resolved';

function indexMove(before: IncidentState, after: IncidentState): 'open' | 'closed' | '-' {
  if (isOpen(before) === isOpen(after)) return '-';
  return isOpen(after) ? 'open' : 'closed';
}

function parse(id: number, entry: string, json: string): IncidentEvent {
  try {
    return JSON.parse(json) as IncidentEvent;
  } catch (cause) {
    throw new Failure({
      code: 'log-unreadable',
      what: 'An entry of an incident log is not JSON',
      value: `inc-${id} ${entry}`,
      remedy: 'Somebody else wrote to this key. Restore it from a backup; the rest of the log is intact.',
      retry: 'never',
      cause,
    });
  }
}
