import { stripVTControlCharacters } from 'node:util';
import { Failure } from '../../../kit/failure.ts';
import type { Kube } from './kube.ts';
import type { KubeEvent } from './kube-objects.ts';
import { orFailure } from './look-at-kube.ts';
import type { PodMessages } from './pod-messages.ts';
import type { PodTrouble } from './pod-trouble.ts';

/** What a pod in trouble and the cluster say of it: last log lines and newest events, each or why it cannot be read. */
export type PodWitness = {
  pod: string;
  container: string | null;
  /** Null when there is no container that has written anything. */
  log: string[] | Failure | null;
  events: KubeEvent[] | Failure;
};

const limits = { lines: 5, bytes: 16_384, line: 180, events: 3 } as const;

/** Reads log and events of one pod at the same time. Needs `get pods/log` and `list events`; goes on without either. */
export async function hearPod(kube: Kube, namespace: string, trouble: PodTrouble): Promise<PodWitness> {
  const { pod, container, previous, kind } = trouble;
  const path = `/api/v1/namespaces/${namespace}`;
  const silent = ['image-pull-failed', 'container-config-error', 'pod-unschedulable', 'pod-evicted'];
  const hasLog = container !== null && !silent.includes(kind);
  const asked = { container: container ?? '', tailLines: limits.lines, limitBytes: limits.bytes };
  const [log, events] = await Promise.all([
    hasLog
      ? orFailure(
          kube.text(`${path}/pods/${pod}/log`, { ...asked, ...(previous && { previous }) }).then(shownLines),
        )
      : null,
    orFailure(eventsOf(kube, namespace, pod)),
  ]);
  return { pod, container, log, events };
}

/** The newest events of one object, warnings first. */
export async function eventsOf(kube: Kube, namespace: string, name: string): Promise<KubeEvent[]> {
  const found = await kube.list<KubeEvent>(`/api/v1/namespaces/${namespace}/events`, {
    fieldSelector: `involvedObject.name=${name}`,
  });
  const at = (event: KubeEvent) =>
    Date.parse(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '') || 0;
  const warns = (event: KubeEvent) => (event.type === 'Warning' ? 1 : 0);
  return found.sort((a, b) => warns(b) - warns(a) || at(b) - at(a)).slice(0, limits.events);
}

/**
 * A log's last lines as they may be shown: without colours, cut, and without what looks like a person's data (addresses of
 * people, long numbers). Secrets are masked by the runner, as everywhere.
 */
export function shownLines(text: string): string[] {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(-limits.lines).map((line) => {
    const masked = line
      .slice(0, 2 * limits.line)
      .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[mail]')
      .replace(/\d[\d -]{10,}\d/g, '[number]');
    return masked.length > limits.line ? `${masked.slice(0, limits.line - 1)}…` : masked;
  });
}

/** The rows of evidence that a witness gives. */
export function witnessRows({ pod, container, log, events }: PodWitness, say: PodMessages): string[][] {
  const from = say.log(pod, container ?? '');
  const lines =
    log === null
      ? []
      : log instanceof Failure
        ? [[from, say.notReadable(log.value ?? log.code)]]
        : (log.length === 0 ? [say.noLines] : log).map((line) => [from, line]);
  const told =
    events instanceof Failure
      ? [[say.event(pod), say.notReadable(events.value ?? events.code)]]
      : events.map(({ reason = '', message = '', count }) => [
          say.event(pod),
          `${reason}${count && count > 1 ? ` ×${count}` : ''}: ${message.replace(/\s+/g, ' ')}`,
        ]);
  return [...told, ...lines];
}
