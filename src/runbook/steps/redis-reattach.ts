import type { Evidence } from '../../incident/words.ts';
import { formatDuration } from '../../kit/duration.ts';
import { AddressText } from '../address.ts';
import { RedisLogin, sentinelTarget } from '../input.ts';
import { lookUntil } from '../look-until.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { bytesOnlyOn } from '../systems/redis/lost-writes.ts';
import { nodeSays } from '../systems/redis/node-says.ts';
import { proveStray, type Stray } from '../systems/redis/prove-stray.ts';
import { type ReattachMessages, reattachMessages } from '../systems/redis/reattach-messages.ts';
import { sentinelEvidence } from '../systems/redis/sentinel-evidence.ts';
import { sentinelMessages } from '../systems/redis/sentinel-messages.ts';
import { targetsOf, viewSentinel } from '../systems/redis/sentinel-view.ts';
import { SentinelInput } from './redis-sentinel.ts';

const input = SentinelInput.extend({
  node: AddressText.optional().describe(
    'The stray master; without it, the only node that says it is master beside the one the Sentinels name',
  ),
  username: RedisLogin.username.describe(
    'ACL user of Redis with the rights -@all +info +role +replicaof, used for this change alone',
  ),
});

const timeoutMs = 45_000;

/** Makes one stray master a replica of the master that the majority of the Sentinels names. */
export const redisReattach = defineStep({
  name: 'redis-reattach',
  about:
    'Sends REPLICAOF to one stray master, only while a majority of the Sentinels names another node that answers as master; shows what is lost.',
  effect: 'change',
  input,
  example: {
    sentinels: ['10.0.0.1:26379', '10.0.0.2:26379', '10.0.0.3:26379'],
    master: 'orders',
    nodes: ['10.0.0.1:6379', '10.0.0.2:6379', '10.0.0.3:6379'],
    node: '10.0.0.2:6379',
  },
  targets: ['sentinels', 'nodes', 'node'],
  timeoutMs,
  target: sentinelTarget,
  preview: ({ master, sentinels, nodes, node }, language) => {
    const say = reattachMessages(language);
    return say.preview(node ?? say.theOne(nodes.join(', ')), master, sentinels.join(', '));
  },
  run: async (input, { signal, secret, language, now }): Promise<StepResult> => {
    const say = reattachMessages(language);
    const targets = targetsOf(input, secret);
    const known = input.node === undefined ? input.nodes : [...new Set([...input.nodes, input.node])];
    const view = await viewSentinel({ ...targets, nodes: known }, signal);
    const stray = proveStray(view, input.node);
    const seen = sentinelEvidence(view, sentinelMessages(language));
    const notRun = (sentence: string, evidence = seen): StepResult => ({
      verdict: 'fail',
      sentence,
      evidence,
    });
    if (typeof stray === 'string') return notRun(say.not(say.why[stray]));

    const evidence = evidenceOf(stray, say);
    const { address, master } = stray;
    const begin = now();
    let sent = false;
    const answer = await askRedis(address, targets.login, 3000, signal, async (ask) => {
      // On the connection that acts, in the moment before: it may have been attached or restarted since the look.
      const [role] = (await ask('ROLE')) as [string];
      if (role !== 'master' || (await nodeSays(ask)).runId !== stray.says.runId) return false;
      sent = true;
      try {
        await ask('REPLICAOF', master.host, master.port);
      } catch (error) {
        if (error instanceof Error && error.name === 'ReplyError') sent = false;
        throw error;
      }
      return true;
    });
    if (answer.state !== 'answered') {
      return sent
        ? { verdict: 'unknown', sentence: say.unclear(address, answer.reason), evidence }
        : notRun(say.denied(address, answer.reason), evidence);
    }
    if (!answer.value) return notRun(say.not(say.changed(address)), evidence);

    const after = await lookUntil(
      () => askRedis(address, targets.login, input.patience, signal, nodeSays),
      (one) => one.state === 'answered' && one.value.role === 'slave' && one.value.linkUp,
      { everyMs: 250, forMs: timeoutMs - 15_000, signal },
    );
    const up = after.state === 'answered' && after.value.linkUp;
    return {
      verdict: up ? 'pass' : 'warn',
      sentence: up
        ? say.attached(address, master.address, formatDuration(now() - begin))
        : say.copying(address, master.address),
      evidence,
      facts: { node: address, master: master.address, lost_bytes: bytesOnlyOn(stray.says, master.says) },
    };
  },
});

function evidenceOf({ address, says, master, votes, sentinels }: Stray, say: ReattachMessages): Evidence {
  return {
    columns: say.columns,
    rows: [
      [say.rows.stray, address],
      [say.rows.master, master.address],
      [say.rows.votes, `${votes} / ${sentinels}`],
      [say.rows.keys, `${says.keys}, ${master.says.keys}`],
      [say.rows.lost, say.bytes(bytesOnlyOn(says, master.says))],
      [say.rows.followers, says.replicas.map((one) => one.address).join(', ') || '-'],
    ],
  };
}
