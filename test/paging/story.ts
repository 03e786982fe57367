import type { Command } from '../../src/incident/commands.ts';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Memory } from '../../src/incident/room.ts';
import type { Incident, Live } from '../../src/incident/state.ts';
import { silent } from '../../src/kit/log.ts';
import type { Escalation, Rung } from '../../src/paging/ladder.ts';
import type { ReadyPagers } from '../../src/paging/open-pagers.ts';
import type { Recipient } from '../../src/paging/page.ts';
import type { PagingAction } from '../../src/paging/plan.ts';
import { createPagingRoom, type PagingRoomOptions } from '../../src/paging/room.ts';
import { minute, play, receive, t0 } from '../incident/given.ts';

export const people: Record<string, Recipient> = {
  minji: { id: 'minji', name: 'Kim Minji', language: 'ko', slack: 'U0MINJI', email: 'minji@example.com' },
  jun: { id: 'jun', name: 'Lee Jun', language: 'en', slack: 'U0JUN', email: 'jun@example.com' },
  sora: { id: 'sora', name: 'Park Sora', language: 'en' },
};

export const rung = (level: number, afterMs: number, who: string[], over: Partial<Rung> = {}): Rung => ({
  level,
  afterMs,
  people: who,
  via: ['slack', 'pagerduty'],
  fallback: ['webhook'],
  rule: `P1 level ${level}`,
  ...over,
});

/** Primary at once, secondary after 5 min, the team after 10, again 10 min later. */
export const ladder = (...rungs: Rung[]): Escalation => {
  const all =
    rungs.length > 0
      ? rungs
      : [rung(1, 0, ['minji']), rung(2, 5 * minute, ['jun']), rung(3, 10 * minute, ['minji', 'jun', 'sora'])];
  return () => ({ rungs: all, repeatMs: 10 * minute });
};

/** A pager that takes note, and fails as it is told. */
export function notebook(...names: string[]) {
  const calls: string[] = [];
  const failing = new Map<string, () => Error>();
  const pagers: ReadyPagers = new Map(
    names.map((name) => [
      name,
      {
        send: async (page, again) => {
          calls.push(`${page.key}${again ? ' again' : ''}`);
          const fails = failing.get(name);
          if (fails) throw fails();
          return { ref: { of: page.key } };
        },
        mirror: async (page, ref, { kind, by }) => {
          calls.push(`${kind} ${page.key} by ${by} ref ${ref?.of ?? 'none'}`);
          const fails = failing.get(name);
          if (fails) throw fails();
        },
      },
    ]),
  );
  return { calls, failing, pagers };
}

/** One incident under a movable clock, synced as the reconciler does: plan, perform, hand back, until nothing is left. */
export function startStory(
  options: Partial<PagingRoomOptions> & Pick<PagingRoomOptions, 'pagers'> & { incident?: Incident },
) {
  let now = t0;
  let incident: Incident = options.incident ?? play(receive());
  let memory: Memory = {};
  let wakeAt: number | null = null;
  const counted: string[] = [];
  const room = createPagingRoom({
    escalation: ladder(),
    who: (id) => people[id],
    measure: { count: (_, { pager, outcome }) => counted.push(`${pager} ${outcome}`), observe: () => {} },
    now: () => now,
    log: silent,
    fresh: async () => incident.state,
    sentFor: () => [],
    timeoutMs: 200,
    ...options,
  });
  const handle = (command: Command): void => {
    const events = decide(command, incident.state);
    if (isRefusal(events)) throw new Error(`${command.type} refused: ${events.refused}`);
    const state = events.reduce(evolve, incident.state as Live | null) as Live;
    incident = {
      ...incident,
      version: incident.version + events.length,
      events: [...incident.events, ...events],
      state,
    };
  };
  const tools = {
    now: () => now,
    signal: new AbortController().signal,
    remember: async (entries: Record<string, string | null>) => {
      for (const [name, value] of Object.entries(entries)) {
        if (value === null) delete memory[name];
        else memory[name] = value;
      }
    },
  };
  return {
    room,
    handle,
    counted,
    incident: () => incident,
    memory: () => memory,
    forget: () => {
      memory = {};
    },
    wakeAt: () => wakeAt,
    now: () => now,
    plan: (): PagingAction[] => room.plan(incident, now, memory).actions,
    perform: (action: PagingAction) => room.perform(action, incident, tools),
    /** Syncs until the plan is empty; a plan that never gets empty fails the test. */
    async sync() {
      for (let pass = 0; pass < 30; pass++) {
        const plan = room.plan(incident, now, memory);
        wakeAt = plan.wakeAt;
        if (plan.actions.length === 0) return;
        const made = await Promise.all(plan.actions.map((action) => room.perform(action, incident, tools)));
        for (const command of made.flat()) handle(command);
      }
      throw new Error('The plan never gets empty');
    },
    /** Moves the clock without anybody looking meanwhile. */
    async sleepUntil(ms: number) {
      now = t0 + ms;
      await this.sync();
    },
    /** Moves the clock to `ms` after the start, waking whenever the plan asked to be woken, as the sweep does. */
    async to(ms: number) {
      await this.sync();
      while (wakeAt !== null && wakeAt <= t0 + ms) {
        now = Math.max(now, wakeAt);
        await this.sync();
      }
      now = t0 + ms;
      await this.sync();
    },
  };
}

/** `minji acknowledges`, as a command. */
export const acknowledge = (person: string, at: number): Command => ({
  type: 'Acknowledge',
  at,
  by: { kind: 'person', person, via: 'slack' },
});
