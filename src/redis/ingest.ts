import type { CommandOf } from '../incident/commands.ts';
import { isRefusal } from '../incident/commands.ts';
import { firing, type Live } from '../incident/state.ts';
import type { Alert, Severity } from '../incident/words.ts';
import { attempt, type Wake } from './handle.ts';
import { keys } from './keys.ts';
import type { IncidentLog, Loaded } from './log.ts';
import type { Scripted } from './scripts.ts';
import { createTurns } from './turns.ts';

/** One group of alerts, ready to be decided on. `digest` is equal for groups that tell the same. */
export type Group = { command: CommandOf<'ReceiveAlerts'>; digest: string; treatment: 'open' | 'list' };

/** A problem that is listed without an incident (P3 and P4 by default). */
export type Listed = {
  key: string;
  title: string;
  severity: Severity;
  rule: string;
  service: string | null;
  since: number;
  seen: number;
  alerts: Alert[];
};

/** What became of a group. */
export type Received = 'known' | 'opened' | 'joined' | 'listed' | 'nothing';

/** Takes groups of alerts in: one incident per key, however often, from whomever and in whatever order they arrive. */
export function createIngest(redis: Scripted, log: IncidentLog, wake: Wake) {
  const none: Loaded = { id: 0, version: 0, events: [], state: null };
  // Deliveries to one incident would only lose races against each other; across processes the log decides.
  const inTurn = createTurns();

  const list = async ({ command }: Group, digest: string): Promise<Received> => {
    const { key, title, severity, rule, service } = command.opening;
    if (command.firing.length === 0) {
      await redis.multi().hdel(keys.listed, key).hdel(keys.known, key).exec();
      return 'nothing';
    }
    const before = await redis.hget(keys.listed, key);
    const since = before === null ? command.at : (JSON.parse(before) as Listed).since;
    const alerts = command.firing;
    const listed: Listed = { key, title, severity, rule, service, since, seen: command.at, alerts };
    await redis.multi().hset(keys.listed, key, JSON.stringify(listed)).hset(keys.known, key, digest).exec();
    return 'listed';
  };

  return async (group: Group): Promise<{ received: Received; id: number | null }> => {
    const { command } = group;
    const { key } = command.opening;
    // The same alerts are news once muster.yaml treats them otherwise.
    const digest = `${group.treatment} ${group.digest}`;
    const digestOf = (state: Live) => (reflects(state, command) ? digest : null);
    for (;;) {
      const [hit, open, closed] = (await redis.lookUp(keys.known, keys.open, keys.closed, key, digest)) as [
        number,
        string | null,
        string | null,
      ];
      if (hit === 1) return { received: 'known', id: null };
      const [loaded, outcome] = await inTurn(key, async () => {
        const found = await choose(log, Number(open ?? 0), Number(closed ?? 0), command);
        if (found === null && group.treatment === 'list') return [found, null];
        return [found, await attempt(log, found ?? none, command, digestOf)];
      });
      if (outcome === null) return { received: await list(group, digest), id: null };
      if (outcome === 'again' || (isRefusal(outcome) && outcome.refused === 'another-is-open')) continue;
      if (isRefusal(outcome)) return { received: 'nothing', id: null };
      const { incident, events } = outcome;
      if (events.length > 0) {
        if (outcome.rooms) await wake(incident, outcome.rooms);
        return { received: loaded === null ? 'opened' : 'joined', id: incident.id };
      }
      if (loaded === null) return { received: 'nothing', id: null };
      if (reflects(incident.state, command))
        await redis.remember(keys.log(incident.id), keys.known, incident.version, key, digest);
      return { received: 'known', id: incident.id };
    }
  };
}

/** The incident a group belongs to: the open one, or the last one while it may still be reopened. */
async function choose(
  log: IncidentLog,
  open: number,
  closed: number,
  command: CommandOf<'ReceiveAlerts'>,
): Promise<Loaded | null> {
  if (open > 0) return await log.load(open);
  if (closed === 0) return null;
  const last = await log.load(closed);
  const { status } = last.state as Live;
  return status.is === 'resolved' && command.at - status.at > command.reopenWithinMs ? null : last;
}

/** True when the incident already says all that the group says, so that an identical repeat needs no second look. */
function reflects(state: Live, command: CommandOf<'ReceiveAlerts'>): boolean {
  if (state.status.is === 'resolved') return false;
  const fires = new Set(firing(state).map((alert) => alert.fingerprint));
  return (
    command.firing.every(({ fingerprint }) => fires.has(fingerprint)) &&
    command.resolved.every(({ fingerprint }) => !fires.has(fingerprint))
  );
}
