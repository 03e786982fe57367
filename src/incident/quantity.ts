import type { ChartUnit } from './words.ts';

/** A unit that people read: a value times `factor`, followed by `suffix`. */
export type ShownUnit = { factor: number; suffix: string };

const steps: Record<ChartUnit, [from: number, ShownUnit][]> = {
  ratio: [[0, { factor: 100, suffix: ' %' }]],
  seconds: [
    [172_800, { factor: 1 / 86_400, suffix: ' d' }],
    [7200, { factor: 1 / 3600, suffix: ' h' }],
    [120, { factor: 1 / 60, suffix: ' min' }],
    [1, { factor: 1, suffix: ' s' }],
    [0.001, { factor: 1000, suffix: ' ms' }],
    [0, { factor: 1_000_000, suffix: ' µs' }],
  ],
  bytes: [
    [1024 ** 4, { factor: 1024 ** -4, suffix: ' TiB' }],
    [1024 ** 3, { factor: 1024 ** -3, suffix: ' GiB' }],
    [1024 ** 2, { factor: 1024 ** -2, suffix: ' MiB' }],
    [1024, { factor: 1 / 1024, suffix: ' KiB' }],
    [0, { factor: 1, suffix: ' B' }],
  ],
  'per-second': [
    [10_000, { factor: 0.001, suffix: ' k/s' }],
    [0, { factor: 1, suffix: '/s' }],
  ],
  number: [
    [1e9, { factor: 1e-9, suffix: ' G' }],
    [1e6, { factor: 1e-6, suffix: ' M' }],
    [10_000, { factor: 0.001, suffix: ' k' }],
    [0, { factor: 1, suffix: '' }],
  ],
};

/** The unit in which values of up to `largest` are best read: 0.3 seconds are `300 ms`. Zero has the base unit. */
export function shownUnit(largest: number, unit: ChartUnit): ShownUnit {
  const size = Math.abs(largest) || 1;
  return steps[unit].find(([from]) => size >= from)![1];
}

/** A value with its unit and at most three significant digits: `12.4 %`, `310 ms`, `1.5 GiB`. */
export function showQuantity(value: number, unit: ChartUnit): string {
  const { factor, suffix } = shownUnit(value, unit);
  return `${Number((value * factor).toPrecision(3))}${suffix}`;
}
