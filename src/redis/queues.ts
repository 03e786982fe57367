import { DelayedError, type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { RoomName } from '../incident/room.ts';
import type { Severity } from '../incident/words.ts';
import { Failure, reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { Connector } from './connect.ts';
import { keys } from './keys.ts';

/**
 * A killed worker's job starts again after about 5 s (measured: 4.2–5.1 s; the defaults take 55 s). Ten deaths in a row
 * may be a crash-looping deploy, and must not eat a page.
 */
const workerOptions = { lockDuration: 5000, stalledInterval: 2000, maxStalledCount: 10 };

/** A wait is doubled up to this; one that was longer from the start (a minute that is used up) stays as it is. Milliseconds. */
const longestDoubled = 6400;

/** One job for a runbook step. */
export type StepJob = { incident: number; run: string; step: string; attempt: number; recheck: number };

/** The name of a location's step queue; null is the queue any worker takes from. */
const stepQueue = (location: string | null): string => (location === null ? 'steps' : `steps-at-${location}`);

/** BullMQ treats lower numbers first; 0 would jump the order altogether. */
const priority = (severity: Severity): number => Number(severity.slice(1));

/**
 * The lanes on a `connection` that is ready: one queue per doing room, so that a slow one never delays another, and one per
 * step location. Workers block, so each gets a connection of its own.
 */
export function createQueues(connection: Redis, connector: Connector, report: Log) {
  const queues = new Map<string, Queue>();
  const workers: { worker: Worker; blocking: Redis }[] = [];

  const queue = (name: string): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const made = new Queue(name, {
      connection,
      prefix: keys.queues,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    made.on('error', () => {});
    queues.set(name, made);
    return made;
  };

  /** A job that was told to come back later waits outside the worker's places, so that it delays nobody. */
  const orLater = async (job: Job, token: string | undefined, running: Promise<void>): Promise<void> => {
    try {
      await running;
    } catch (error) {
      if (!(error instanceof Failure) || error.retryAfterMs === undefined) throw error;
      // Twice as long each time, so that many who wait cost little.
      const doubled = Math.min(error.retryAfterMs * 2 ** (job.attemptsStarted - 1), longestDoubled);
      // By the queue's own clock, which says when the job was taken.
      await job.moveToDelayed(
        (job.processedOn ?? job.timestamp) + Math.max(error.retryAfterMs, doubled),
        token,
      );
      throw new DelayedError();
    }
  };

  const work = (name: string, concurrency: number, run: (data: unknown) => Promise<void>): Worker => {
    const blocking = connector.blocking();
    const worker = new Worker(name, (job, token) => orLater(job, token, run(job.data)), {
      connection: blocking,
      prefix: keys.queues,
      concurrency,
      ...workerOptions,
    });
    worker.on('error', (error) => report.debug({ queue: name, error: error.message }, 'worker error'));
    worker.on('failed', (_job, error) => {
      // An orderly stop hands its jobs to whoever works next.
      const isStop = error instanceof Failure && error.code === 'stopped';
      report[isStop ? 'debug' : 'error']({ queue: name, why: reasonOf(error) }, 'job failed');
    });
    workers.push({ worker, blocking });
    return worker;
  };

  return {
    /** Queues one sync; while one waits another is superfluous, while one runs one more may wait. */
    sync: async (room: RoomName, id: number, severity: Severity): Promise<void> => {
      await queue(`sync-${room}`).add(
        'sync',
        { id },
        { deduplication: { id: String(id), keepLastIfActive: true }, priority: priority(severity) },
      );
    },
    /** Queues a step under its deterministic id: the same one twice is one job. */
    step: async (id: string, job: StepJob, location: string | null, severity: Severity): Promise<void> => {
      const jobId = id.replaceAll(':', '.');
      await queue(stepQueue(location)).add('step', job, { jobId, priority: priority(severity) });
    },
    /** The locations that have a worker now. */
    locations: async (): Promise<string[]> => {
      const known = await connection.smembers(keys.locations);
      const counts = await Promise.all(known.map((one) => queue(stepQueue(one)).getWorkersCount()));
      return known.filter((_, index) => (counts[index] ?? 0) > 0);
    },
    /** How many jobs wait, per queue, for metrics. */
    waiting: async (): Promise<Record<string, number>> => {
      const rows = [...queues].map(async ([name, one]) => [
        name,
        await one.getJobCountByTypes('wait', 'prioritized'),
      ]);
      return Object.fromEntries(await Promise.all(rows));
    },
    workSyncs: (room: RoomName, run: (id: number) => Promise<void>): void => {
      work(`sync-${room}`, 50, (data) => run((data as { id: number }).id));
    },
    workSteps: async (location: string | null, run: (job: StepJob) => Promise<void>): Promise<void> => {
      if (location !== null) await connection.sadd(keys.locations, location);
      work(stepQueue(location), 20, (data) => run(data as StepJob));
    },
    close: async (): Promise<void> => {
      await Promise.allSettled(workers.map(({ worker }) => worker.close()));
      // BullMQ leaves a connection that it was given open, and an open one would look for its server for ever.
      for (const { blocking } of workers) blocking.disconnect();
      await Promise.allSettled([...queues.values()].map((one) => one.close()));
    },
  };
}

/** What {@link createQueues} gives. */
export type Queues = ReturnType<typeof createQueues>;
