import type { Evidence } from '../../../incident/words.ts';
import type { Unanswered } from './ask-redis.ts';
import type { NodeSays } from './node-says.ts';
import type { SentinelMessages } from './sentinel-messages.ts';
import type { SentinelView } from './sentinel-view.ts';

/** The table people see: one row a Sentinel, one row a node, whether it answered or how it did not. */
export function sentinelEvidence(view: SentinelView, say: SentinelMessages): Evidence {
  // Until down-after is over a Sentinel counts those that are away as well.
  const someAway = view.sentinels.some(({ state }) => state !== 'answered');
  const quorum = (text: string) => (someAway && text.startsWith('OK') ? say.stillBelieves(text) : text);
  const sentinels = view.sentinels.map((answer) =>
    answer.state === 'answered'
      ? [
          answer.address,
          say.kinds.sentinel,
          say.answered(answer.ms),
          say.sentinelSays(
            answer.value.master,
            answer.value.flags.join(','),
            quorum(answer.value.quorumText),
          ),
        ]
      : [answer.address, say.kinds.sentinel, say.unanswered[answer.state], reasonIn(answer)],
  );
  const nodes = view.nodes.map((answer) =>
    answer.state === 'answered'
      ? [answer.address, say.kinds.node, say.answered(answer.ms), nodeText(answer.value, say)]
      : [answer.address, say.kinds.node, say.unanswered[answer.state], reasonIn(answer)],
  );
  return { columns: say.columns, rows: [...sentinels, ...nodes] };
}

/** The node's own words where it said something; the state says the rest. */
const reasonIn = ({ state, reason }: { state: Unanswered; reason: string }) =>
  ['denied', 'rejected', 'broken'].includes(state) ? reason : '';

function nodeText(says: NodeSays, say: SentinelMessages): string {
  if (says.role === 'slave') {
    const silence = says.lastIoSeconds > 0 ? ` (${says.lastIoSeconds} s)` : '';
    return say.replicaSays(says.follows ?? say.none, says.linkUp ? 'up' : 'down', silence);
  }
  const replicas = says.replicas.map((one) => `${one.address} +${one.lagBytes} B/${one.lagSeconds} s`);
  const minimum = says.minReplicas === null ? say.notReadable : String(says.minReplicas);
  return say.masterSays(replicas.join(', ') || say.none, minimum);
}
