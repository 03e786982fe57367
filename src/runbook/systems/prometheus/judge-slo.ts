import { showQuantity } from '../../../incident/quantity.ts';
import type { ChartUnit } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { SloMessages } from './slo-messages.ts';
import { type SignalName, type SloView, signalNames, signalValue } from './slo-view.ts';

/** The objectives of a service (field-knowledge §6): ratios, and seconds. A value on its limit keeps it. */
export type SloLimits = { errors: number; p95: number; p99: number; saturation: number };

/** Below three requests a minute a ratio says nothing (alert-rules/http.yaml uses the same bound). */
const leastRate = 0.05;

const units: Record<SignalName, ChartUnit> = {
  rate: 'per-second',
  errors: 'ratio',
  p95: 'seconds',
  p99: 'seconds',
  saturation: 'ratio',
};

/** A signal's value for people; without one, that there is no data. */
export const showSignal = (name: SignalName, value: number | null, say: SloMessages): string =>
  value === null ? say.noData : showQuantity(value, units[name]);

const limitOf = (name: SignalName, limits: SloLimits): number | null =>
  name === 'rate' ? null : limits[name];

/** The signals that miss their objective, worst kind first. */
export const missed = (view: SloView, limits: SloLimits): SignalName[] =>
  (['errors', 'p95', 'p99'] as const).filter((name) => (signalValue(view, name) ?? 0) > limits[name]);

/** Whether there was enough traffic to judge by; `no-data` is a service nobody measures. */
export function trafficOf(view: SloView): 'enough' | 'little' | 'none' | 'no-data' {
  const rate = signalValue(view, 'rate');
  if (rate === null) return 'no-data';
  if (rate === 0) return 'none';
  return rate < leastRate ? 'little' : 'enough';
}

/** Holds a service's signals against its objectives. Without traffic or data nothing is known. Pure. */
export function judgeSlo(view: SloView, what: string, limits: SloLimits, say: SloMessages): StepResult {
  const names = signalNames.filter((name) => view[name] !== undefined);
  const show = (name: SignalName) => showSignal(name, signalValue(view, name), say);
  const evidence = {
    columns: say.columns,
    rows: names.map((name) => {
      const [value, limit] = [signalValue(view, name), limitOf(name, limits)];
      const finding = value === null ? say.noData : limit === null ? '' : value > limit ? say.over : say.ok;
      return [
        say.signals[name],
        show(name),
        limit === null ? '' : `≤ ${showQuantity(limit, units[name])}`,
        finding,
      ];
    }),
  };
  const facts = { ...Object.fromEntries(names.map((name) => [name, signalValue(view, name)])) };
  const traffic = trafficOf(view);
  const unknown = (sentence: string): StepResult => ({ verdict: 'unknown', sentence, evidence, facts });
  if (traffic === 'no-data') return unknown(say.noSeries(what));
  if (traffic === 'none') return unknown(say.noTraffic(what));
  if (traffic === 'little') return unknown(say.littleTraffic(what, show('rate')));

  const [worst] = missed(view, limits);
  if (worst !== undefined) {
    const limit = showQuantity(limitOf(worst, limits)!, units[worst]);
    const failing = worst === 'errors';
    return {
      verdict: 'fail',
      sentence: failing
        ? say.errors(what, show('errors'), limit, show('rate'))
        : say.slow(what, worst, show(worst), limit),
      cause: failing ? 'error-rate-over-slo' : 'latency-over-slo',
      evidence,
      facts,
    };
  }
  const blind = names.filter((name) => signalValue(view, name) === null);
  if (blind.length > 0) return unknown(say.missing(what, blind.map((name) => say.signals[name]).join(', ')));
  if ((signalValue(view, 'saturation') ?? 0) > limits.saturation) {
    const limit = showQuantity(limits.saturation, 'ratio');
    return { verdict: 'warn', sentence: say.saturated(what, show('saturation'), limit), evidence, facts };
  }
  const parts = names.map((name) => say.part(say.signals[name], show(name))).join(', ');
  return { verdict: 'pass', sentence: say.fine(what, parts), evidence, facts };
}
