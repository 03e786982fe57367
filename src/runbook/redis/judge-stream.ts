import type { Language } from '../../incident/words.ts';
import { formatDuration } from '../../kit/duration.ts';
import type { StepResult } from '../step.ts';
import { streamMessages } from './stream-messages.ts';
import type { StreamQuestion, StreamView } from './stream-view.ts';

/** Turns a look at a consumer group into verdict, sentence, evidence and facts. Pure. */
export function judgeStream(
  view: StreamView | null,
  question: StreamQuestion,
  language: Language,
): StepResult {
  const say = streamMessages(language);
  const { stream, group } = question;
  if (view === null) {
    return { verdict: 'unknown', sentence: say.missing(stream, group), evidence: { columns: [], rows: [] } };
  }
  const vanished = view.consumers.filter((consumer) => consumer.vanished);
  const live = view.consumers.filter((consumer) => consumer.idleMs < question.vanishedAfterMs);
  const rows = view.consumers
    .toSorted((a, b) => b.pending - a.pending)
    .slice(0, 20)
    .map((one) => [
      one.name,
      String(one.pending),
      formatDuration(one.idleMs),
      one.oldestIdleMs === 0 ? '-' : formatDuration(one.oldestIdleMs),
      one.vanished ? say.gone : say.alive,
    ]);
  const poison = view.poison
    .slice(0, 8)
    .map((one) => [
      say.poisonRow(one.id),
      '1',
      '-',
      formatDuration(one.idleMs),
      say.deliveries(one.deliveries),
    ]);
  return {
    ...verdictOf(),
    evidence: { columns: say.columns, rows: [...rows, ...poison] },
    facts: {
      length: view.length,
      pending: view.pending,
      overdue: view.overdue,
      lag: view.lag,
      consumers: view.consumers.length,
      live_consumers: live.map(({ name }) => name),
      vanished: vanished.map(({ name }) => name),
      poison: view.poison.length,
    },
  };

  function verdictOf(): Pick<StepResult, 'verdict' | 'sentence'> {
    const count = `${view!.overdue}${view!.more ? '+' : ''}`;
    if (vanished.length > 0) {
      const pending = vanished.reduce((sum, one) => sum + one.pending, 0);
      const names = vanished.map(({ name }) => name).join(', ');
      return { verdict: 'fail', sentence: say.vanished(names, pending, group) };
    }
    if (view!.poison.length > 0) {
      const sentence = say.poison(view!.poison.length, question.poisonAfter, group);
      return { verdict: 'fail', sentence };
    }
    if (live.length === 0 && (view!.lag ?? 0) > 0) {
      return { verdict: 'fail', sentence: say.nobody(group, String(view!.lag)) };
    }
    if (view!.overdue > 0) {
      const sentence = say.overdue(count, formatDuration(question.minIdleMs), group);
      return { verdict: 'warn', sentence };
    }
    return { verdict: 'pass', sentence: say.healthy(view!.pending, group) };
  }
}
