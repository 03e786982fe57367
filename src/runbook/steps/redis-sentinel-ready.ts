import { z } from 'zod';
import type { Language } from '../../incident/words.ts';
import { Duration, sentinelTarget } from '../input.ts';
import { lookUntil } from '../look-until.ts';
import { defineStep, type StepResult } from '../step.ts';
import { failoverMessages } from '../systems/redis/failover-messages.ts';
import { judgeSentinel } from '../systems/redis/judge-sentinel.ts';
import type { NodeSays } from '../systems/redis/node-says.ts';
import { sentinelEvidence } from '../systems/redis/sentinel-evidence.ts';
import { sentinelMessages } from '../systems/redis/sentinel-messages.ts';
import { summarise } from '../systems/redis/sentinel-summary.ts';
import { type SentinelView, targetsOf, viewSentinel } from '../systems/redis/sentinel-view.ts';
import { SentinelInput } from './redis-sentinel.ts';

const input = SentinelInput.extend({
  replicas: z.number().int().min(0).max(20).default(1).describe('How many replicas must follow the master'),
  wait: Duration.prefault('20s').describe('How long to look again until everything is in place'),
});

/** Looks, for a while, whether Redis is back: the check after a failover, whoever made it. */
export const redisSentinelReady = defineStep({
  name: 'redis-sentinel-ready',
  about:
    'Waits, within a bound, until exactly one master takes writes, replicas follow it and quorum is reachable; writes nothing itself.',
  effect: 'read',
  input,
  example: {
    sentinels: ['10.0.0.1:26379', '10.0.0.2:26379', '10.0.0.3:26379'],
    master: 'orders',
    wait: '30s',
  },
  targets: ['sentinels', 'nodes'],
  timeoutMs: 60_000,
  target: sentinelTarget,
  run: async (input, { signal, secret, language }) => {
    const targets = targetsOf(input, secret);
    const judge = (view: SentinelView) => judgeReady(view, input.replicas, input.master, language);
    const view = await lookUntil(
      () => viewSentinel(targets, signal),
      (seen) => judge(seen).verdict === 'pass',
      { everyMs: 500, forMs: Math.min(input.wait, 50_000), signal },
    );
    return judge(view);
  },
});

/** `fail` while no master takes writes, `warn` while something beside it is open, `pass` when all is in place. Pure. */
export function judgeReady(
  view: SentinelView,
  replicas: number,
  name: string,
  language: Language,
): StepResult {
  const say = failoverMessages(language);
  const summary = summarise(view);
  const evidence = sentinelEvidence(view, sentinelMessages(language));
  const own = summary.masterAnswer?.state === 'answered' ? summary.masterAnswer.value : null;
  const facts = {
    master: summary.master ?? '',
    writable: own?.role === 'master' && !own.loading && !summary.refusesWrites,
    quorum_ok: summary.quorumOk,
    replicas: own?.replicas.filter(({ online }) => online).length ?? 0,
  };
  if (summary.master === null || !facts.writable) {
    const limits = { master: name, lagBytes: Number.MAX_SAFE_INTEGER, lagSeconds: Number.MAX_SAFE_INTEGER };
    const { sentence, verdict } = judgeSentinel(view, limits, language);
    return {
      verdict: verdict === 'unknown' ? 'unknown' : 'fail',
      sentence: say.noWritable(sentence),
      evidence,
      facts,
    };
  }
  const others = summary.selfMasters.filter((address) => address !== summary.master);
  const behind = view.nodes.flatMap((node) =>
    node.state === 'answered' && node.value.role === 'slave' && !caughtUp(node.value, own!)
      ? [node.address]
      : [],
  );
  const open = [
    ...(others.length > 0 ? [say.open.others(others.join(', '))] : []),
    ...(summary.named.length > 1 ? [say.open.disagree] : []),
    ...(summary.quorumOk ? [] : [say.open.quorum(summary.reachable, summary.total)]),
    ...behind.map((address) => say.open.behind(address)),
    ...(facts.replicas < replicas ? [say.open.replicas(facts.replicas, replicas)] : []),
  ];
  return open.length === 0
    ? { verdict: 'pass', sentence: say.ready(summary.master, facts.replicas), evidence, facts }
    : { verdict: 'warn', sentence: say.almost(summary.master, open.join(', ')), evidence, facts };
}

/** A replica that could take over: its link stands, and it lacks less than what a busy master writes between two of its replies. */
const caughtUp = (replica: NodeSays, master: NodeSays) =>
  replica.linkUp && master.offset - replica.offset < 1_048_576;
