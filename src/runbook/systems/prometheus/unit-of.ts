import type { ChartUnit } from '../../../incident/words.ts';
import { metricsOf, shapeOf } from './read-comparison.ts';

/**
 * The unit of a query's values, as far as the names of its metrics tell (Prometheus' naming practice: base units as suffixes).
 * A quotient of two counts is a ratio; a sum of seconds over a count is seconds.
 */
export function unitOf(query: string): ChartUnit {
  const names = metricsOf(query);
  const shape = shapeOf(query);
  const first = names[0] ?? '';
  if (shape === 'division' && !(/_sum$/.test(first) && /_count$/.test(names[1] ?? ''))) return 'ratio';
  if (/_seconds_total$/.test(first)) return 'number';
  if (/_seconds(_(sum|bucket))?$|:[a-z_]*seconds/.test(first)) return 'seconds';
  if (/_bytes(_|$)/.test(first)) return 'bytes';
  if (/ratio/.test(first)) return 'ratio';
  return shape === 'rate' ? 'per-second' : 'number';
}
