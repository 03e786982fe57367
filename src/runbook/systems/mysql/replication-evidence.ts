import type { Evidence, Language } from '../../../incident/words.ts';
import type { Answer } from './ask-mysql.ts';
import type { Channel } from './channel.ts';
import { bareError, meaningOf } from './error-numbers.ts';
import { formatSeconds } from './format-seconds.ts';
import type { ReplicationMessages } from './replication-messages.ts';
import type { ReplicationView, ServerSays } from './replication-view.ts';

/** The table people see: the replica beside its primary, one block of rows a channel. No row data and no statement stands in it. */
export function replicationEvidence(
  { replica, primary, errant, missing }: ReplicationView,
  say: ReplicationMessages,
  language: Language,
): Evidence {
  const none = say.noValue;
  const states = [replica, primary].map((seen) => (seen === null ? none : stateOf(seen, say)));
  const [mine, its] = [replica, primary].map((seen) => (seen?.state === 'answered' ? seen.value : null));
  const position = (says: ServerSays | null | undefined) => says?.position.executed || none;
  const semiSync = (says: ServerSays | null | undefined) =>
    says?.semiSync ? say.semiSync(says.semiSync.active, says.semiSync.replicas) : none;
  const gaps = [
    [say.rows.errant, errant],
    [say.rows.missing, missing.gtids],
  ] as const;
  const onOff = (says: ServerSays | null | undefined) => (says ? (says.readOnly ? 'ON' : 'OFF') : none);
  return {
    columns: say.columns,
    rows: [
      [say.rows.state, ...states],
      ...(mine?.channels ?? []).flatMap((channel) => channelRows(channel, say, language)),
      ...(mine || its ? [[say.rows.position, position(mine), position(its)]] : []),
      ...gaps.filter(([, gtids]) => gtids.length > 0).map(([name, gtids]) => [name, gtids.join(', '), none]),
      ...(mine || its ? [[say.rows.readOnly, onOff(mine), onOff(its)]] : []),
      ...(mine?.semiSync || its?.semiSync ? [[say.rows.semiSync, semiSync(mine), semiSync(its)]] : []),
    ].map((row) => row.map((cell) => cell ?? none)),
  };
}

function stateOf(seen: Answer<ServerSays>, say: ReplicationMessages): string {
  if (seen.state === 'answered') return say.answers(seen.value.version, seen.ms);
  const told = ['denied', 'ungranted', 'rejected', 'broken'].includes(seen.state) ? ` (${seen.reason})` : '';
  return `${seen.address}: ${say.unanswered[seen.state]}${told}`;
}

function channelRows(channel: Channel, say: ReplicationMessages, language: Language): string[][] {
  const { name, io, sql, behind, delay, received, source, ioState, sqlState } = channel;
  const label = (text: string) => (name === '' ? text : `${text} [${name}]`);
  const errors = [channel.ioError, channel.sqlError].flatMap((error) =>
    error
      ? [
          [
            label(say.rows.lastError),
            `${error.number}: ${meaningOf(error.number, language) ?? '?'}; ${bareError(error.text)}`,
            say.noValue,
          ],
        ]
      : [],
  );
  const states = [ioState, sqlState].filter(Boolean).join('; ');
  return [
    [label(say.rows.threads), `${io}, ${sql ? 'Yes' : 'No'}${states && ` (${states})`}`, source],
    ...errors,
    [label(say.rows.lag), behind === null ? 'NULL' : formatSeconds(behind), say.noValue],
    ...(delay > 0 ? [[label(say.rows.delay), formatSeconds(delay), say.noValue]] : []),
    ...(received === '' ? [] : [[label(say.rows.received), received, say.noValue]]),
  ];
}
