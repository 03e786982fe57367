import type { Evidence } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import { formatBytes } from '../../format-bytes.ts';
import type { Answer, Unanswered } from './ask-redis.ts';
import type { NodeHealthMessages } from './node-health-messages.ts';
import type { NodeHealth } from './node-health-view.ts';

/** The table people see: one row a node, whether it answered or how it did not. */
export function nodeHealthEvidence(
  answers: Answer<NodeHealth>[],
  now: number,
  say: NodeHealthMessages,
  unanswered: Record<Unanswered, string>,
): Evidence {
  const rows = answers.map((answer) =>
    answer.state === 'answered'
      ? row(answer.address, answer.value, now, say)
      : [
          answer.address,
          unanswered[answer.state],
          '',
          '',
          ['denied', 'broken'].includes(answer.state) ? answer.reason : '',
        ],
  );
  return { columns: say.columns, rows };
}

function row(address: string, health: NodeHealth, now: number, say: NodeHealthMessages): string[] {
  const { aof, rdb, memory, clients, refused, slow } = health;
  const ago = (at: number) => formatDuration(Math.max(0, now - at));
  const slowText =
    slow === null
      ? say.needs('+slowlog|get')
      : slow
          .slice(0, 3)
          .map((one) => say.slow(one.command, one.ms, ago(one.at)))
          .join(', ');
  return [
    `${address} ${health.role === 'master' ? 'master' : 'replica'} ${health.version}`,
    [
      say.aof(aof.on, aof.lastWriteOk, aof.lastRewriteOk, health.fsync ?? say.needs('+config|get')),
      say.rdb(rdb.lastSaveOk, ago(rdb.lastSaveAt), rdb.changesSince),
    ].join('; '),
    say.memory(
      formatBytes(memory.used),
      memory.max === 0 ? say.unlimited : formatBytes(memory.max),
      memory.policy,
      memory.evicted,
    ),
    say.clients(clients.connected, String(clients.max ?? '?'), clients.blocked, clients.rejected),
    [say.refused(refused.memory, refused.disk), slowText].filter(Boolean).join('; '),
  ];
}
