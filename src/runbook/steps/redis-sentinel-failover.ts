import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { Sentinels, sentinelTarget } from '../input.ts';
import { lookUntil } from '../look-until.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { failoverMessages } from '../systems/redis/failover-messages.ts';
import { sentinelEvidence } from '../systems/redis/sentinel-evidence.ts';
import { sentinelMessages } from '../systems/redis/sentinel-messages.ts';
import { summarise } from '../systems/redis/sentinel-summary.ts';
import { type SentinelTargets, targetsOf, viewSentinel } from '../systems/redis/sentinel-view.ts';
import { SentinelInput } from './redis-sentinel.ts';

const input = SentinelInput.extend({
  sentinel_username: Sentinels.sentinel_username.describe(
    'ACL user of the Sentinels with the rights -@all +sentinel|master +sentinel|replicas +sentinel|ckquorum +sentinel|failover',
  ),
  even_if_master_answers: z
    .boolean()
    .default(false)
    .describe('A planned switch; without it a master that answers is left alone'),
});

const timeoutMs = 45_000;

/**
 * A Sentinel promotes only a replica whose INFO it read in the last 5 s, but while the master is down without the others'
 * agreement it reads it every 10 s (Redis 7, sentinelSelectSlave): "no suitable replica" is worth asking again for this long.
 */
const askAgainMs = 12_000;

/** Asks one reachable Sentinel for a failover, which it then performs without the agreement of the others. */
export const redisSentinelFailover = defineStep({
  name: 'redis-sentinel-failover',
  about:
    'Sends SENTINEL FAILOVER to one reachable Sentinel, which promotes the best replica without asking the other Sentinels.',
  effect: 'change',
  input,
  example: { sentinels: ['10.0.0.1:26379', '10.0.0.2:26379', '10.0.0.3:26379'], master: 'orders' },
  targets: ['sentinels', 'nodes'],
  timeoutMs,
  target: sentinelTarget,
  preview: ({ master, sentinels }, language) =>
    failoverMessages(language).preview(master, sentinels.join(', ')),
  run: async (input, { signal, secret, language, now }): Promise<StepResult> => {
    const say = failoverMessages(language);
    const targets = targetsOf(input, secret);
    const view = await viewSentinel(targets, signal);
    const before = summarise(view);
    const evidence = sentinelEvidence(view, sentinelMessages(language));
    const notRun = (sentence: string): StepResult => ({ verdict: 'fail', sentence, evidence });
    if (before.master === null) return notRun(say.noSentinel(input.master));
    if (before.failingOver) return { verdict: 'warn', sentence: say.alreadyMoving(before.master), evidence };
    if (!input.even_if_master_answers && before.masterAnswer?.state === 'answered') {
      return notRun(say.masterAnswers(before.master));
    }
    if (!input.even_if_master_answers && view.masterHeardBy.length > 0)
      return notRun(say.masterHeard(before.master, view.masterHeardBy.join(', ')));
    if (before.promotable.length === 0) return notRun(say.nobody(before.master));

    // One Sentinel only: after an unclear answer a second one might start a second failover.
    const sentinel = view.sentinels.find(({ state }) => state === 'answered')!.address;
    const begin = now();
    const askOnce = () =>
      askRedis(sentinel, targets.sentinelLogin, 3000, signal, (ask) =>
        ask('SENTINEL', 'FAILOVER', input.master).then(
          () => 'OK',
          (error: Error) => error.message,
        ),
      );
    const noReplicaYet = (answer: Awaited<ReturnType<typeof askOnce>>) =>
      answer.state === 'answered' && answer.value.startsWith('NOGOODSLAVE');
    const old = before.master;
    let again = false;
    const askAgain = async () => {
      // The master may have come back since it was looked at.
      if (again && !input.even_if_master_answers && (await speaks(old, targets, signal))) return 'back';
      again = true;
      return askOnce();
    };
    const answer = await lookUntil(askAgain, (one) => one === 'back' || !noReplicaYet(one), {
      everyMs: 250,
      forMs: askAgainMs,
      signal,
    });
    if (answer === 'back') return notRun(say.masterAnswers(old));
    if (answer.state !== 'answered') {
      // It may have been heard: only the check can tell.
      return { verdict: 'unknown', sentence: say.unclear(sentinel, answer.reason), evidence };
    }
    if (answer.value.startsWith('INPROG')) {
      return { verdict: 'warn', sentence: say.alreadyMoving(before.master), evidence };
    }
    if (answer.value !== 'OK') return notRun(say.refused(sentinel, answer.value));

    const after = await lookUntil(
      () => viewSentinel({ ...targets, sentinels: [sentinel] }, signal),
      (seen) => {
        const { master, failingOver } = summarise(seen);
        return master !== null && master !== before.master && !failingOver;
      },
      { everyMs: 250, forMs: timeoutMs - (now() - begin) - 5000, signal },
    );
    const { master } = summarise(after);
    const moved = master !== null && master !== before.master;
    return {
      verdict: moved ? 'pass' : 'unknown',
      sentence: moved
        ? say.moved(sentinel, before.master, master, formatDuration(now() - begin))
        : say.notSeen(sentinel, before.master),
      evidence: sentinelEvidence(after, sentinelMessages(language)),
      facts: { from: before.master, to: moved ? master : '' },
    };
  },
});

/** Whether a node says anything at all, were it only that our account may not ask. */
async function speaks(
  address: string,
  { login, patienceMs }: SentinelTargets,
  signal: AbortSignal,
): Promise<boolean> {
  const { state } = await askRedis(address, login, patienceMs, signal, (ask) => ask('INFO', 'server'));
  return state === 'answered' || state === 'denied' || state === 'rejected';
}
