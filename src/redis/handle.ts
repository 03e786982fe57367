import type { Command } from '../incident/commands.ts';
import { isRefusal } from '../incident/commands.ts';
import { decide } from '../incident/decide.ts';
import type { Handle, Outcome, RoomName } from '../incident/room.ts';
import type { Incident } from '../incident/state.ts';
import { Failure } from '../kit/failure.ts';
import type { Appended, DigestOf, IncidentLog, Loaded } from './log.ts';

/** Asks the rooms to look after an incident; best effort, the due index heals what is lost. */
export type Wake = (incident: Incident, rooms: RoomName[]) => Promise<void>;

/** Fifty writers at one incident needed at most this many rounds with a wide margin. */
const maxRounds = 200;

/**
 * The main path: load → decide → append → wake. A writer that lost a race decides again on fresh state, so what is
 * appended was always decided on exactly the log before it.
 */
export function createHandle(log: IncidentLog, wake: Wake): Handle {
  return async (id, command) => {
    for (let round = 0; round < maxRounds; round++) {
      const outcome = await attempt(log, await log.load(id), command);
      if (outcome === 'again') continue;
      if (!isRefusal(outcome) && 'rooms' in outcome) await wake(outcome.incident, outcome.rooms);
      return outcome;
    }
    throw new Failure({
      code: 'log-contended',
      what: 'An incident could not be written',
      value: `inc-${id} ${command.type}`,
      remedy: 'Too many writers at once; it is tried again.',
    });
  };
}

/** One round of decide and append on a log as loaded. */
export async function attempt(
  log: IncidentLog,
  loaded: Loaded,
  command: Command,
  digest?: DigestOf,
): Promise<(Outcome & { rooms?: RoomName[] }) | 'again'> {
  const decision = decide(command, loaded.state);
  if (isRefusal(decision)) return decision;
  if (decision.length === 0) return { incident: loaded as Incident, events: [] };
  const appended: Appended = await log.append(loaded, decision, digest);
  if (!('conflict' in appended))
    return { incident: appended.incident, events: decision, rooms: appended.rooms };
  if (appended.conflict === 'version') return 'again';
  return { refused: 'another-is-open', detail: String(appended.by) };
}
