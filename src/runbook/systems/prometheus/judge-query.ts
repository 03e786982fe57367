import { showQuantity } from '../../../incident/quantity.ts';
import type { ChartUnit, Verdict } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { Sample } from './ask-prometheus.ts';
import { nameSeries } from './name-series.ts';
import type { QueryMessages } from './query-messages.ts';

/** A limit on one side; a value on the limit is within it. */
export type Limit = { above?: number | undefined; below?: number | undefined };

/** What is asked of a query's values. */
export type QueryExpectation = {
  shows: string;
  unit: ChartUnit;
  warn?: Limit | undefined;
  fail?: Limit | undefined;
  cause?: string | undefined;
  no_data: Verdict;
};

/** Turns the values of a query into a verdict: the worst value counts, no data is what the runbook says of it. Pure. */
export function judgeQuery(
  samples: readonly Sample[],
  expected: QueryExpectation,
  say: QueryMessages,
): StepResult {
  const { shows, unit, warn, fail } = expected;
  const names = nameSeries(
    samples.map(({ labels }) => labels),
    shows,
  );
  const worstIsLow = (fail ?? warn)?.below !== undefined;
  const ranked = samples
    .map(({ value }, index) => ({ name: names[index]!, value }))
    .toSorted((a, b) => (worstIsLow ? 1 : -1) * (order(a.value) - order(b.value)));
  const known = ranked.filter((one): one is { name: string; value: number } => one.value !== null);
  const facts = {
    series: samples.length,
    values: Object.fromEntries(known.slice(0, 20).map(({ name, value }) => [name, value])),
  };
  const limitOf = (value: number | null) => {
    if (value === null) return undefined;
    return fail && breaks(value, fail) ? fail : warn && breaks(value, warn) ? warn : undefined;
  };
  const evidence = {
    columns: say.columns,
    rows: ranked.map(({ name, value }) => [
      name,
      value === null ? say.notNumber : showQuantity(value, unit),
      showLimit(limitOf(value) ?? fail ?? warn, unit),
    ]),
  };
  const first =
    known.find(({ value }) => fail && breaks(value, fail)) ??
    known.find(({ value }) => warn && breaks(value, warn)) ??
    known[0];
  if (!first) return { verdict: expected.no_data, sentence: say.noData(shows), evidence, facts };
  const series = samples.length > 1 ? `${first.name} ` : '';
  const value = showQuantity(first.value, unit);
  const broken = limitOf(first.value);
  if (!broken) {
    const limit = showLimit(fail ?? warn, unit);
    const sentence = limit ? say.fine(shows, value, limit) : say.only(shows, series, value);
    return { verdict: 'pass', sentence, evidence, facts };
  }
  const others = known.filter((one) => limitOf(one.value)).length - 1;
  const failed = broken === fail;
  return {
    verdict: failed ? 'fail' : 'warn',
    sentence: say.over(
      shows,
      series,
      `${value}${others > 0 ? say.more(others) : ''}`,
      showLimit(broken, unit),
    ),
    ...(failed && expected.cause !== undefined && { cause: expected.cause }),
    evidence,
    facts,
  };
}

const order = (value: number | null) => value ?? 0;

const breaks = (value: number, { above, below }: Limit) =>
  (above !== undefined && value > above) || (below !== undefined && value < below);

const showLimit = (limit: Limit | undefined, unit: ChartUnit) =>
  [
    limit?.below !== undefined ? `≥ ${showQuantity(limit.below, unit)}` : '',
    limit?.above !== undefined ? `≤ ${showQuantity(limit.above, unit)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
