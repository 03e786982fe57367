import type { Language } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import type { StepResult } from '../../step.ts';
import { eventsMessages } from './events-messages.ts';
import { resultOf } from './finding.ts';
import type { KubeEvent } from './kube-objects.ts';
import { shownLines } from './pod-witness.ts';

/** Warnings with the same reason about the same kind of object; `count` counts their repetitions too. */
type Group = {
  reason: string;
  object: string;
  message: string;
  count: number;
  objects: Set<string>;
  last: number;
};

/**
 * Judges the warnings of a namespace since an instant: grouped by reason and kind of object, the most frequent first. Kubernetes
 * warns of much that passes by itself, so warnings alone are never a failure. Pure.
 */
export function judgeEvents(
  events: readonly KubeEvent[],
  { now, within, namespace }: { now: number; within: number; namespace: string },
  language: Language,
): StepResult {
  const say = eventsMessages(language);
  const recent = events.filter((event) => event.type === 'Warning' && now - lastOf(event) <= within);
  const groups = groupsOf(recent);
  const [most] = groups;
  const since = formatDuration(within);
  const rows = groups.map(({ reason, object, message, count, objects, last }) => [
    `${reason} ${object}${objects.size > 1 ? ` +${objects.size - 1}` : ''}`,
    String(count),
    formatDuration(Math.max(0, Math.floor((now - last) / 1000) * 1000)),
    shownLines(message).join(' '),
  ]);
  const findings = [
    ...(most === undefined
      ? []
      : [
          {
            verdict: 'warn' as const,
            sentence: say.warnings(namespace, since, groups.length, most.reason, most.object, most.count),
          },
        ]),
    { verdict: 'pass' as const, sentence: say.none(namespace, since) },
  ];
  const facts = {
    warnings: groups.reduce((sum, { count }) => sum + count, 0),
    reasons: groups.map(({ reason }) => reason),
  };
  return resultOf(findings, { evidence: { columns: say.columns, rows }, facts });
}

/** The instant an event was last seen, in epoch milliseconds; 0 where it does not say. */
const lastOf = ({ lastTimestamp, eventTime, firstTimestamp, metadata }: KubeEvent): number =>
  Date.parse(lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? '') || 0;

function groupsOf(events: readonly KubeEvent[]): Group[] {
  const groups = new Map<string, Group>();
  for (const event of events.toSorted((a, b) => lastOf(b) - lastOf(a))) {
    const { reason = '', message = '', count = 1, involvedObject } = event;
    const object = `${involvedObject.kind ?? ''} ${involvedObject.name ?? ''}`.trim();
    const key = `${reason}/${involvedObject.kind}`;
    // The newest of a group speaks for it.
    const group = groups.get(key) ?? {
      reason,
      object,
      message,
      count: 0,
      objects: new Set(),
      last: lastOf(event),
    };
    group.count += count;
    group.objects.add(object);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
