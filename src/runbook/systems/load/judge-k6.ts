import type { StepResult } from '../../step.ts';
import type { K6Messages } from './k6-messages.ts';
import type { K6Summary } from './read-k6-summary.ts';

/** The objectives of a run: failures as a ratio, latency in milliseconds. */
export type K6Limits = { failureRatio: number; p95: number; p99: number };

/** A change smaller than this is no news: a tenth of the former p95, a tenth of a percentage point of failures. */
const noise = { p95: 0.1, failureRatio: 0.001 };

/**
 * Judges a run by its own thresholds and by the objectives, and says whether it went better or worse than an earlier one. It
 * names no cause: load shows that something is wrong, not what. Pure.
 */
export function judgeK6(
  run: K6Summary,
  earlier: K6Summary | null,
  limits: K6Limits,
  say: K6Messages,
): StepResult {
  const missed = run.thresholds.filter(({ ok }) => !ok);
  const told = say.told(
    run.requests,
    ratio(run.failureRatio, say),
    ms(run.durations.p95, say),
    earlier === null ? null : [ratio(earlier.failureRatio, say), ms(earlier.durations.p95, say)],
  );
  const trend = earlier === null ? null : trendOf(run, earlier);
  const facts = {
    requests: run.requests,
    failures: run.failures,
    failure_ratio: run.failureRatio,
    p95_ms: run.durations.p95,
    p99_ms: run.durations.p99,
    thresholds_missed: missed.map(({ metric, limit }) => `${metric}: ${limit}`),
    compared: trend,
  };
  const evidence = evidenceOf(run, earlier, say);
  const result = (verdict: StepResult['verdict'], sentence: string): StepResult => ({
    verdict,
    sentence,
    evidence,
    facts,
  });
  if (missed.length > 0) {
    const { metric, limit } = missed[0]!;
    return result('fail', say.missed(missed.length, run.thresholds.length, `${metric} ${limit}`, told));
  }
  const over = overLimits(run, limits, say);
  if (over !== null) return result('fail', say.overLimit(over, told));
  if (run.failureRatio === null && run.durations.p95 === null) return result('unknown', say.nothing(told));
  if (trend === 'worse') return result('warn', say.worse(told));
  return result('pass', trend === 'better' ? say.better(told) : say.fine(told));
}

function overLimits(
  { failureRatio, durations }: K6Summary,
  limits: K6Limits,
  say: K6Messages,
): string | null {
  if (failureRatio !== null && failureRatio >= limits.failureRatio)
    return say.failuresOver(percent(failureRatio), percent(limits.failureRatio));
  for (const name of ['p95', 'p99'] as const) {
    const value = durations[name];
    if (value !== null && value > limits[name])
      return say.slowerThan(name, ms(value, say), ms(limits[name], say));
  }
  return null;
}

/** Failures weigh more than latency: a run that fails less often is better even where it is slower. */
function trendOf(run: K6Summary, earlier: K6Summary): 'better' | 'worse' | 'same' {
  const failures = (run.failureRatio ?? 0) - (earlier.failureRatio ?? 0);
  if (Math.abs(failures) >= noise.failureRatio) return failures > 0 ? 'worse' : 'better';
  const [now, before] = [run.durations.p95, earlier.durations.p95];
  if (now === null || before === null || Math.abs(now - before) <= before * noise.p95) return 'same';
  return now > before ? 'worse' : 'better';
}

function evidenceOf(run: K6Summary, earlier: K6Summary | null, say: K6Messages) {
  const row = (name: string, value: (of: K6Summary) => string): string[] => [
    name,
    value(run),
    ...(earlier === null ? [] : [value(earlier)]),
  ];
  const { rows } = say;
  return {
    columns: [say.what, say.thisRun, ...(earlier === null ? [] : [say.earlierRun])],
    rows: [
      row(rows.requests, ({ requests }) => String(requests)),
      row(rows.failures, (of) => `${of.failures ?? say.unsaid} (${ratio(of.failureRatio, say)})`),
      row('p95', ({ durations }) => ms(durations.p95, say)),
      row('p99', ({ durations }) => ms(durations.p99, say)),
      row(rows.median, ({ durations }) => ms(durations.med, say)),
      row(rows.slowest, ({ durations }) => ms(durations.max, say)),
      row(rows.checks, ({ checks }) =>
        checks ? `${checks.fails} / ${checks.fails + checks.passes}` : say.unsaid,
      ),
      row(rows.users, ({ users }) => String(users ?? say.unsaid)),
      row(rows.thresholds, ({ thresholds }) =>
        thresholds.length === 0
          ? say.unsaid
          : `${thresholds.filter(({ ok }) => !ok).length} / ${thresholds.length}`,
      ),
    ],
  };
}

const percent = (value: number) => `${Number((value * 100).toFixed(2))} %`;
const ratio = (value: number | null, say: K6Messages) => (value === null ? say.unsaid : percent(value));
const ms = (value: number | null, say: K6Messages) =>
  value === null ? say.unsaid : `${Number(value.toFixed(2))} ms`;
