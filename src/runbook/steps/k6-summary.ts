import { z } from 'zod';
import type { Language } from '../../incident/words.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeK6 } from '../systems/load/judge-k6.ts';
import { k6Messages } from '../systems/load/k6-messages.ts';
import { LoadSource, readLoadSource } from '../systems/load/load-source.ts';
import { type K6Summary, readK6Summary } from '../systems/load/read-k6-summary.ts';

const input = z.strictObject({
  summary: LoadSource.describe('The summary: a URL, or a file inside a folder'),
  earlier: LoadSource.optional().describe('The summary of an earlier run, to compare with'),
  failures: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('This part of the requests, or more, is a failure'),
  p95: Duration.prefault('300ms').describe('A slower 95th percentile is a failure'),
  p99: Duration.prefault('800ms').describe('A slower 99th percentile is a failure'),
});

/** Takes a finished load run as evidence. */
export const k6Summary = defineStep({
  name: 'k6-summary',
  about:
    'Reads the end-of-test summary of a k6 run (JSON, any of its formats): failure ratio, percentiles and thresholds, judged by the objectives and compared with an earlier run.',
  effect: 'read',
  input,
  example: {
    summary: { url: 'https://ci.example.com/artifacts/load/after.json' },
    earlier: { folder: '/srv/load', file: 'before.json' },
  },
  targets: ['summary', 'earlier'],
  timeoutMs: 15_000,
  target: ({ summary }) => ('url' in summary ? `http ${new URL(summary.url).host}` : `file ${summary.file}`),
  run: async ({ summary, earlier, failures, p95, p99 }, { signal, language }) => {
    const say = k6Messages(language);
    const [run, before] = await Promise.all([
      take(summary, language, signal),
      earlier === undefined ? null : take(earlier, language, signal),
    ]);
    for (const one of [run, before]) {
      if (one !== null && 'sentence' in one)
        return { verdict: 'unknown', sentence: one.sentence, evidence: { columns: [], rows: [] } };
    }
    return judgeK6(run as K6Summary, before as K6Summary | null, { failureRatio: failures, p95, p99 }, say);
  },
});

async function take(
  source: LoadSource,
  language: Language,
  signal: AbortSignal,
): Promise<K6Summary | { sentence: string }> {
  const say = k6Messages(language);
  const found = await readLoadSource(source, language, signal);
  if ('outside' in found) return { sentence: say.outside(found.shown) };
  if ('reason' in found) return { sentence: say.noSource(found.shown, found.reason) };
  const read = readK6Summary(found.text);
  return 'problem' in read ? { sentence: say.unreadable(found.shown, read.problem, read.place) } : read;
}
