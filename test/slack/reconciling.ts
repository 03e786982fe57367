import type { Command } from '../../src/incident/commands.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { Memory } from '../../src/incident/room.ts';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { createSlackCall, type SlackCall } from '../../src/slack/client.ts';
import { createSlackRoom, type SlackRoomDeps } from '../../src/slack/room.ts';
import type { Schedule } from '../../src/slack/schedule.ts';
import { apply, incidentOf, muster, sight } from './incidents.ts';

/** No waiting for turns: the sandbox keeps no rates unless a test asks for them. */
export const atOnce: Schedule = (_turn, call) => call();

/** The call as production makes it, against a sandbox. */
export const callOf = (slack: SlackServer, schedule: Schedule = atOnce, timeoutMs = 10_000): SlackCall =>
  createSlackCall(
    { token: slack.app.botToken, apiUrl: slack.apiUrl, timeoutMs },
    { schedule, breaker: (_party, run) => run() },
  );

/**
 * One incident and the Slack room over it, reconciled as the worker does it: load, plan, perform, record, again. What is
 * thrown is a retry; `failures` counts them. The log survives everything, `forget` loses the room's memory. `hooks.remembered`
 * is called after memory was written, and may throw.
 */
export function reconciling(
  slack: SlackServer,
  changes: Partial<SlackRoomDeps> = {},
  hooks: { remembered?: () => void; failed?: (failure: Failure) => void } = {},
) {
  let events: IncidentEvent[] = [];
  let memory: Memory = {};
  const failures: Failure[] = [];
  const deps: SlackRoomDeps = {
    call: callOf(slack),
    log: silent,
    sight,
    nextLevel: () => null,
    dashboardOf: () => 'https://grafana.example.com/d/orders',
    draw: async ({ title }) => ({ png: Buffer.from(`picture of ${title}`), alt: `The chart ${title}` }),
    put: async (url, body) => {
      const { status } = await fetch(url, { method: 'POST', body: Buffer.from(body) });
      if (status !== 200) throw new Failure({ code: 'http-5xx', what: `HTTP ${status}`, remedy: '' });
    },
    ...changes,
  };
  let room = createSlackRoom(deps);
  let now = () => Math.max(...events.map((event) => event.at));

  async function pass(): Promise<boolean> {
    const incident = incidentOf(events);
    const { actions } = room.plan(incident, now(), memory);
    for (const action of actions) {
      const commands = await room.perform(action, incident, {
        now,
        remember: async (entries) => {
          const kept = { ...memory, ...entries };
          memory = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null)) as Memory;
          hooks.remembered?.();
        },
        signal: new AbortController().signal,
      });
      events = commands.reduce(apply, events);
    }
    return actions.length > 0;
  }

  /** Reconciles until nothing is left to do, or a number of passes is over; failures are retried. */
  async function settle(passes = 80): Promise<void> {
    for (let tries = 0; tries < passes; tries++) {
      try {
        if (!(await pass())) return;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failures.push(error);
        hooks.failed?.(error);
        room = createSlackRoom(deps);
      }
    }
    if (passes >= 80) throw new Error(`never done; last failure: ${failures.at(-1)?.message}`);
  }

  return {
    failures,
    settle,
    /** Applies commands without looking after the incident. */
    append: (...commands: Command[]) => {
      events = commands.reduce(apply, events);
    },
    /** Applies commands one by one, and looks after the incident after each. */
    play: async (commands: readonly Command[]) => {
      for (const command of commands) {
        events = apply(events, command);
        await settle();
      }
    },
    forget: () => {
      memory = {};
    },
    later: (ms: number) => {
      const before = now();
      now = () => before + ms;
    },
    incident: () => incidentOf(events),
    memory: () => memory,
    as: muster,
  };
}
