import type { Redis } from 'ioredis';
import { Failure } from '../kit/failure.ts';
import { keys } from './keys.ts';

/** How often the number of replicas is looked at. */
const lookEveryMs = 5000;

/**
 * Says when everything written so far is durable. On a single Redis the append-only file has it once the write was
 * answered. Where replicas were ever seen, at least one of them must have it within 500 ms, else the promise rejects.
 * WAIT blocks its connection, so it has one of its own; those who ask while one is under way share the next.
 */
export function createDurability(connection: Redis, now: () => number) {
  let replicated = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let next: Promise<void> | null = null;
  let current: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (replicated || now() - lookedAt < lookEveryMs) return;
    lookedAt = now();
    const info = await connection.info('replication');
    replicated = Number(/connected_slaves:(\d+)/.exec(info)?.[1] ?? 0) > 0;
  };

  const wait = async (): Promise<void> => {
    // The mark follows every earlier write in the replication stream, so a replica that has it has them all.
    const answers = await connection.pipeline().set(keys.mark, now()).call('WAIT', 1, 500).exec();
    const [error, replicas] = answers?.[1] ?? [new Error('no answer'), 0];
    if (error) throw error;
    if (Number(replicas) >= 1) return;
    throw new Failure({
      code: 'redis-not-replicated',
      what: 'No replica confirmed the write within 500 ms',
      remedy: 'Check the replicas of the Redis that Muster uses; Alertmanager will send again.',
    });
  };

  return async (): Promise<void> => {
    await look();
    if (!replicated) return;
    next ??= current
      .catch(() => {})
      .then(() => {
        current = next as Promise<void>;
        next = null;
        return wait();
      });
    await next;
  };
}
