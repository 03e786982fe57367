import type { Command } from '../incident/commands.ts';
import type { Handle, Room } from '../incident/room.ts';
import type { Incident } from '../incident/state.ts';
import { Failure, reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { keys } from './keys.ts';
import type { IncidentLog } from './log.ts';
import type { Scripted } from './scripts.ts';

/** A plan that is never empty is a mistake of the room; it is cut off here and looked at again later. */
const maxPasses = 60;
const backOffMs = { first: 1000, most: 60_000, hopeless: 2 * 60_000 };
/** Where a room's memory keeps how often it failed in a row. */
const failuresField = '_failures';

/** What every sync needs. */
export type Reconciling = {
  redis: Scripted;
  log: IncidentLog;
  handle: Handle;
  now: () => number;
  report: Log;
};

type Pass = { commands: Command[]; failure: Failure | null };

/**
 * Looks after one incident for one room until there is nothing left to do: load, plan, perform, hand the outcome back as
 * commands. Then the due index is told when to look again. A failure is looked at again with back-off.
 */
export async function sync<Action>(
  room: Room<Action>,
  id: number,
  deps: Reconciling,
  signal: AbortSignal,
): Promise<void> {
  const { redis, log, handle, now, report } = deps;
  const memoryKey = keys.memory(id, room.name);
  const member = `${room.name}|${id}`;
  for (let pass = 0; pass < maxPasses && !signal.aborted; pass++) {
    const [loaded, memory] = await Promise.all([log.load(id), redis.hgetall(memoryKey)]);
    if (loaded.state === null) {
      await redis.zrem(keys.due, member);
      return;
    }
    const incident = loaded as Incident;
    const plan = room.plan(incident, now(), memory);
    if (plan.actions.length === 0) {
      await redis.settle(keys.log(id), keys.due, incident.version, member, plan.wakeAt ?? '');
      return;
    }
    const { commands, failure } = await performAll(room, plan.actions, incident, deps, memoryKey, signal);
    for (const command of commands) await handle(id, command);
    if (failure !== null) {
      const failures = Number(memory[failuresField] ?? 0) + 1;
      const waitMs = waitAfter(failure, failures);
      // What an orderly stop cuts off is no news: the next process takes it up.
      report[signal.aborted ? 'debug' : 'warn'](
        { incident: id, room: room.name, code: failure.code, failures, waitMs, why: reasonOf(failure) },
        'sync failed',
      );
      await redis.hset(memoryKey, failuresField, failures);
      await redis.zadd(keys.due, now() + waitMs, member);
      return;
    }
    if (memory[failuresField] !== undefined) await redis.hdel(memoryKey, failuresField);
  }
  await redis.zadd(keys.due, now() + backOffMs.first, member);
}

/** What cannot get better by itself is still looked at now and then: somebody may have mended the settings. */
function waitAfter({ retry, retryAfterMs }: Failure, failures: number): number {
  if (retry === 'never') return backOffMs.hopeless;
  return retryAfterMs ?? Math.min(backOffMs.first * 2 ** (failures - 1), backOffMs.most);
}

async function performAll<Action>(
  room: Room<Action>,
  actions: Action[],
  incident: Incident,
  { redis, now }: Reconciling,
  memoryKey: string,
  signal: AbortSignal,
): Promise<Pass> {
  const remember = async (entries: Record<string, string | null>): Promise<void> => {
    const multi = redis.multi();
    for (const [field, value] of Object.entries(entries)) {
      if (value === null) multi.hdel(memoryKey, field);
      else multi.hset(memoryKey, field, value);
    }
    await multi.exec();
  };
  const perform = async (action: Action): Promise<Pass> => {
    try {
      return { commands: await room.perform(action, incident, { now, remember, signal }), failure: null };
    } catch (error) {
      return { commands: [], failure: asFailure(error) };
    }
  };
  if (room.parallel) {
    const passes = await Promise.all(actions.map(perform));
    return {
      commands: passes.flatMap((one) => one.commands),
      failure: passes.find((one) => one.failure !== null)?.failure ?? null,
    };
  }
  const commands: Command[] = [];
  for (const action of actions) {
    const pass = await perform(action);
    commands.push(...pass.commands);
    if (pass.failure !== null) return { commands, failure: pass.failure };
  }
  return { commands, failure: null };
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure({
    code: 'unexpected',
    what: 'A step of Muster itself broke',
    value: reasonOf(error),
    remedy: 'This is a defect: please report it with the log around this line.',
    cause: error,
  });
}
