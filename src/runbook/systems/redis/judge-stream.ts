import type { Language } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import { oneLine } from '../../../kit/text.ts';
import { type Finding, leading } from '../../finding.ts';
import type { Json, StepResult } from '../../step.ts';
import { streamEvidence } from './stream-evidence.ts';
import { type StreamMessages, streamMessages } from './stream-messages.ts';
import type { ConsumerView, GroupView, StreamQuestion, StreamView } from './stream-view.ts';

/** From when on a backlog, and a consumer without entries, is worth a warning. */
export type StreamLimits = { maxLag: number; deadAfterMs: number };

/** How one consumer is doing, as far as Redis can tell. */
export type ConsumerState = 'alive' | 'vanished' | 'waiting' | 'dead';

/**
 * Turns one look, or two looks a moment apart, at a stream into verdict, cause, sentence, evidence and facts. Between two looks
 * a consumer whose entries become fewer works, however long ago it last read. Pure.
 */
export function judgeStream(
  view: StreamView | null,
  question: StreamQuestion,
  limits: StreamLimits,
  language: Language,
  before: StreamView | null = null,
): StepResult {
  const say = streamMessages(language);
  const { stream, group } = question;
  if (view === null) {
    const sentence = group === null ? say.noStream(stream) : say.missing(stream, group);
    return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] } };
  }
  const told = view.groups.map((one) => {
    const earlier = before?.groups.find(({ name }) => name === one.name);
    return { group: one, states: statesOf(one, earlier, question, limits) };
  });
  const findings = told.flatMap(({ group, states }) => findingsOf(group, states, question, limits, say));
  if (group !== null && told.length === 0) {
    const names = listed(view.names.map((name) => ({ name }))) || say.none;
    findings.push({
      verdict: 'fail',
      sentence: say.groupMissing(stream, group, names),
      cause: 'group-missing',
    });
  }
  if (group === null && told.length === 0) findings.push({ verdict: 'warn', sentence: say.noGroup(stream) });
  const healthy = say.healthy(sum(view.groups, 'pending'), listed(view.groups));
  return {
    ...leading(findings, healthy),
    evidence: streamEvidence(told, view.length, say),
    facts: { ...factsOf(view, told, question), group_missing: group !== null && told.length === 0 },
  };
}

/** Whether a look leaves something open that a second one, a moment later, would tell. */
export const worthASecondLook = (
  view: StreamView | null,
  question: StreamQuestion,
  limits: StreamLimits,
): boolean =>
  view?.groups.some((group) => {
    const states = statesOf(group, undefined, question, limits);
    return [...states.values()].some((state) => state === 'vanished') || (group.unread && !anyAlive(states));
  }) ?? false;

type States = ReadonlyMap<string, ConsumerState>;

/** Before Redis 7.2 a consumer that asks and gets nothing seems idle: only where there is something to get has it gone. */
const isCertain = ({ tellsAttempts, unread }: GroupView): boolean => tellsAttempts || unread;

/**
 * Who could take entries over, the best first: those that are alive, by what they hold; where nobody can tell who is alive, then
 * those that hold nothing. Entries moved to a consumer that is gone after all are pending as before, and can be moved again.
 */
export function takersOf(group: GroupView, vanishedAfterMs: number): string[] {
  const alive = group.consumers.filter(({ idleMs }) => idleMs < vanishedAfterMs);
  const perhaps = isCertain(group)
    ? []
    : group.consumers.filter(({ idleMs, pending }) => idleMs >= vanishedAfterMs && pending === 0);
  return [
    ...alive.toSorted((a, b) => a.pending - b.pending),
    ...perhaps.toSorted((a, b) => a.idleMs - b.idleMs),
  ].map(({ name }) => name);
}

const anyAlive = (states: States) => [...states.values()].some((state) => state === 'alive');

function statesOf(
  group: GroupView,
  before: GroupView | undefined,
  { vanishedAfterMs }: StreamQuestion,
  { deadAfterMs }: StreamLimits,
): States {
  const then = new Map(before?.consumers.map((one) => [one.name, one]));
  const state = (one: ConsumerView): ConsumerState => {
    const earlier = then.get(one.name);
    if (Math.min(one.idleMs, earlier?.idleMs ?? Infinity) < vanishedAfterMs) return 'alive';
    if (earlier !== undefined && one.pending < earlier.pending) return 'alive';
    if (one.pending > 0) return isCertain(group) ? 'vanished' : 'waiting';
    return one.idleMs >= deadAfterMs && (one.inactiveMs ?? deadAfterMs) >= deadAfterMs ? 'dead' : 'waiting';
  };
  return new Map(group.consumers.map((one) => [one.name, state(one)]));
}

function findingsOf(
  group: GroupView,
  states: States,
  question: StreamQuestion,
  limits: StreamLimits,
  say: StreamMessages,
): Finding[] {
  const { name, poison, overdue } = group;
  const findings: Finding[] = [];
  const vanished = group.consumers.filter((one) => states.get(one.name) === 'vanished');
  const dead = group.consumers.filter((one) => states.get(one.name) === 'dead');
  if (vanished.length > 0) {
    const sentence = say.vanished(listed(vanished), sum(vanished, 'pending'), name);
    findings.push({ verdict: 'fail', sentence, cause: 'consumer-vanished' });
  }
  if (poison.length > 0) {
    const sentence = say.poison(poison.length, question.poisonAfter, name, poison[0]!.id);
    findings.push({ verdict: 'fail', sentence, cause: 'poison-entries' });
  }
  if (group.unread && !anyAlive(states)) {
    const sentence = say.nobody(name, group.lag === null ? say.some : String(group.lag));
    findings.push({ verdict: 'fail', sentence, cause: 'no-live-consumer' });
  }
  if (overdue > 0) {
    const count = `${overdue}${group.more ? '+' : ''}`;
    const idle = formatDuration(question.minIdleMs);
    const holders = group.consumers.filter(({ oldestIdleMs }) => oldestIdleMs > 0);
    const quiet = holders.filter((one) => states.get(one.name) === 'waiting');
    const sentence =
      quiet.length === 0 ? say.overdue(count, idle, name) : say.perhapsGone(count, idle, name, listed(quiet));
    findings.push({ verdict: 'warn', sentence });
  }
  if ((group.lag ?? 0) > limits.maxLag) {
    findings.push({ verdict: 'warn', sentence: say.behind(name, group.lag!) });
  }
  if (dead.length > 0) {
    const sentence = say.dead(listed(dead), name, formatDuration(limits.deadAfterMs));
    findings.push({ verdict: 'warn', sentence });
  }
  return findings;
}

function factsOf(
  view: StreamView,
  told: { group: GroupView; states: States }[],
  { vanishedAfterMs }: StreamQuestion,
): Record<string, Json> {
  const named = (wanted: ConsumerState) =>
    told.flatMap(({ states }) =>
      [...states].flatMap(([name, state]) => (state === wanted ? [name] : [])).slice(0, 50),
    );
  const lags = view.groups.map(({ lag }) => lag);
  return {
    length: view.length,
    // The one group that was looked at: changes are for one group.
    group: view.groups.length === 1 ? view.groups[0]!.name : '',
    groups: view.names.slice(0, 50),
    pending: sum(view.groups, 'pending'),
    overdue: sum(view.groups, 'overdue'),
    lag: lags.includes(null) ? null : lags.reduce<number>((total, lag) => total + lag!, 0),
    consumers: view.groups.reduce((total, { consumers }) => total + consumers.length, 0),
    live_consumers: named('alive'),
    takers: view.groups.flatMap((group) => takersOf(group, vanishedAfterMs)).slice(0, 50),
    vanished: named('vanished'),
    dead_consumers: named('dead'),
    poison: view.groups.reduce((total, { poison }) => total + poison.length, 0),
  };
}

const sum = <Key extends string>(rows: readonly Record<Key, number>[], key: Key): number =>
  rows.reduce((total, row) => total + row[key], 0);

/** A few names, each short enough that the sentence keeps its end. */
const listed = (named: readonly { name: string }[]): string => {
  const names = named.slice(0, 5).map(({ name }) => oneLine(name, 60));
  return named.length > 5 ? `${names.join(', ')} +${named.length - 5}` : names.join(', ');
};
