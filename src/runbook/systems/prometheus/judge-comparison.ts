import type { StepResult } from '../../step.ts';
import { missed, type SloLimits, showSignal, trafficOf } from './judge-slo.ts';
import type { SloMessages } from './slo-messages.ts';
import { type SignalName, type SloView, signalNames, signalValue } from './slo-view.ts';

type Trend = 'better' | 'worse' | 'same' | 'unknown';

/** A change is one when it is both a tenth of the larger value and more than noise: 0.1 % of the requests, 5 ms. */
const leastShare = 0.1;
const noise: Record<SignalName, number> = {
  rate: 0.05,
  errors: 0.001,
  p95: 0.005,
  p99: 0.005,
  saturation: 0.02,
};

/** How a signal moved; traffic is neither good nor bad, so it never counts. */
function trendOf(name: SignalName, before: number | null, after: number | null): Trend {
  if (before === null || after === null) return 'unknown';
  const change = after - before;
  const real = Math.abs(change) > Math.max(noise[name], leastShare * Math.max(before, after));
  if (!real || name === 'rate') return 'same';
  return change < 0 ? 'better' : 'worse';
}

/**
 * Holds two moments of a service against each other. Better, or the same while all objectives are kept, passes; what is worse
 * and misses an objective fails. Without traffic at either moment nothing is known. Pure.
 */
export function judgeComparison(
  { before, after }: { before: SloView; after: SloView },
  what: string,
  limits: SloLimits,
  say: SloMessages,
): StepResult {
  const signals = signalNames
    .filter((name) => after[name] !== undefined)
    .map((name) => {
      const [from, to] = [signalValue(before, name), signalValue(after, name)];
      return { name, from, to, trend: trendOf(name, from, to) };
    });
  const shown = signals.map(({ name, from, to, trend }) => ({
    name,
    trend,
    from: showSignal(name, from, say),
    to: showSignal(name, to, say),
  }));
  const evidence = {
    columns: say.compareColumns,
    rows: shown.map(({ name, from, to, trend }) => [
      say.signals[name],
      from,
      to,
      name === 'rate' ? '' : say.trend[trend],
    ]),
  };
  for (const [view, when] of [
    [before, say.before],
    [after, say.after],
  ] as const) {
    if (trafficOf(view) === 'enough') continue;
    const sentence = say.nothingToCompare(what, when);
    return { verdict: 'unknown', sentence, evidence, facts: { trend: 'unknown' } };
  }
  const has = (trend: Trend) => signals.some((signal) => signal.trend === trend);
  const trend = has('worse') ? (has('better') ? 'mixed' : 'worse') : has('better') ? 'better' : 'same';
  const over = missed(after, limits);
  const parts = shown
    .filter((one) => one.trend === 'better' || one.trend === 'worse')
    .map(({ name, from, to }) => say.change(say.signals[name], from, to))
    .join(', ');
  const compared = trend === 'same' ? say.compared.same(what) : say.compared[trend](what, parts);
  const overText = over
    .map((name) => say.part(say.signals[name], showSignal(name, signalValue(after, name), say)))
    .join(', ');
  const bad = trend === 'worse' || trend === 'mixed';
  return {
    verdict: over.length === 0 ? (bad ? 'warn' : 'pass') : bad ? 'fail' : 'warn',
    sentence: over.length > 0 ? say.stillOver(compared, overText) : compared,
    evidence,
    facts: { trend, within_objectives: over.length === 0 },
  };
}
