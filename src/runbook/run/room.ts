import type { Command } from '../../incident/commands.ts';
import type { Memory, Room } from '../../incident/room.ts';
import type { Incident, Live } from '../../incident/state.ts';
import type { PinnedRunbook } from '../../incident/steps.ts';
import type { Catalogue } from '../registry.ts';
import { planRunbook, type RunbookCommand, type StepJob } from './plan.ts';
import { planRechecks } from './recheck.ts';
import { stepJobId } from './render.ts';
import { signed } from './run-step-job.ts';

/** What the room can do: start what matches, record what the plan found out, queue a step's job. */
export type RunbookAction =
  | { do: 'start'; runbook: PinnedRunbook; rule: string }
  | { do: 'record'; command: RunbookCommand }
  | { do: 'queue'; job: StepJob };

/** What the room needs from outside. */
export type RunbookRoomOptions = {
  /** The runbooks that fit an incident and were not started yet, filled in. */
  match: (incident: Incident) => { runbook: PinnedRunbook; rule: string }[];
  catalogue: Catalogue;
  queue: (job: StepJob, state: Live) => Promise<void>;
  /** The locations that have a worker now. */
  locations: () => ReadonlySet<string>;
};

/** A job that reported nothing for this long is queued once more; its id is stable, so a living one is not doubled. */
const queueAgainMs = 10_000;

/** The room that runs runbooks: it starts those that match, and keeps their steps moving until all are over. */
export function createRunbookRoom(options: RunbookRoomOptions): Room<RunbookAction> {
  return {
    name: 'runbook',
    parallel: true,
    plan: (incident, now, memory) => {
      if (incident.state.status.is !== 'resolved') {
        const starts = options.match(incident);
        if (starts.length > 0) {
          return { actions: starts.map((start) => ({ do: 'start', ...start })), wakeAt: null };
        }
      }
      const plan = planRunbook(incident, now, options.locations(), options.catalogue);
      const queuedAt = (job: StepJob): number => Number(memory[stepJobId(job)] ?? 0);
      const due = plan.jobs.filter((job) => now - queuedAt(job) >= queueAgainMs);
      const again = plan.jobs.map((job) => queuedAt(job) + queueAgainMs).filter((at) => at > now);

      const last = (run: string, step: string) => lookOf(memory, run, step);
      const looks = planRechecks(incident, now, last, options.locations());
      const wakeAt = Math.min(
        ...[plan.wakeAt, looks.wakeAt].map((at) => at ?? Number.POSITIVE_INFINITY),
        ...again,
      );
      return {
        actions: [
          ...plan.commands.map((command): RunbookAction => ({ do: 'record', command })),
          ...[...due, ...looks.jobs].map((job): RunbookAction => ({ do: 'queue', job })),
        ],
        wakeAt: Number.isFinite(wakeAt) ? wakeAt : null,
      };
    },
    perform: async (action, incident, { now, remember }): Promise<Command[]> => {
      switch (action.do) {
        case 'start': {
          const { runbook, rule } = action;
          return [{ type: 'StartRunbook', at: now(), by: { kind: 'muster', rule }, runbook, rule }];
        }
        case 'record':
          return [signed(action.command, now())];
        case 'queue':
          await options.queue(action.job, incident.state);
          await remember(rememberedAs(action.job, now()));
          return [];
      }
    },
  };
}

/** Remembered under one entry a step, however often it is looked at again: `<when> <how often>`. */
const lookKey = (run: string, step: string): string => `again ${run} ${step}`;

function lookOf(memory: Memory, run: string, step: string): { at: number; times: number } | null {
  const [at, times] = (memory[lookKey(run, step)] ?? '').split(' ').map(Number);
  return at === undefined || times === undefined ? null : { at, times };
}

const rememberedAs = (job: StepJob, at: number): Memory =>
  job.recheck === 0
    ? { [stepJobId(job)]: String(at) }
    : { [lookKey(job.run, job.step)]: `${at} ${job.recheck}` };
