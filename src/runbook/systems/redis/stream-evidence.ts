import type { Evidence } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import type { ConsumerState } from './judge-stream.ts';
import type { StreamMessages } from './stream-messages.ts';
import type { GroupView } from './stream-view.ts';

/** The table people see: each group with its backlog, its consumers by what they hold, and its poison entries. */
export function streamEvidence(
  told: { group: GroupView; states: ReadonlyMap<string, ConsumerState> }[],
  length: number,
  say: StreamMessages,
): Evidence {
  const rows = told.flatMap(({ group, states }) => [
    [
      say.groupRow(group.name),
      String(group.pending),
      '-',
      '-',
      say.backlog(group.lag === null ? '?' : String(group.lag), length),
    ],
    ...group.consumers
      .toSorted((a, b) => b.pending - a.pending)
      .slice(0, told.length === 1 ? 20 : 5)
      .map((one) => [
        one.name,
        String(one.pending),
        one.inactiveMs === null
          ? formatDuration(one.idleMs)
          : say.inactive(formatDuration(one.idleMs), formatDuration(one.inactiveMs)),
        one.oldestIdleMs === 0 ? '-' : `${formatDuration(one.oldestIdleMs)}, ${one.deliveries}×`,
        say.states[states.get(one.name) ?? 'waiting'],
      ]),
    ...group.poison
      .slice(0, 8)
      .map((one) => [
        say.poisonRow(one.id),
        '1',
        '-',
        formatDuration(one.idleMs),
        say.deliveries(one.deliveries),
      ]),
  ]);
  return { columns: say.columns, rows };
}
