import { describe, expect, it } from 'vitest';
import { timeTicks, valueAxis } from '../../src/chart/axes.ts';
import { placeLabels } from '../../src/chart/place-labels.ts';
import type { ChartUnit } from '../../src/incident/words.ts';
import { chartExample, seriesExample } from './chart-example.ts';

const axisOf = (unit: ChartUnit, values: number[], threshold?: number) => {
  const { threshold: _, ...chart } = chartExample({
    unit,
    series: [seriesExample('x', (at) => values[at % values.length]!)],
  });
  return valueAxis({ ...chart, ...(threshold === undefined ? {} : { threshold }) });
};

describe('valueAxis', () => {
  it.each<[string, ChartUnit, number[], string[]]>([
    ['begins at zero', 'ratio', [0.02, 0.12], ['0 %', '5 %', '10 %', '15 %']],
    ['ends at 100 %', 'ratio', [0.5, 1], ['0 %', '20 %', '40 %', '60 %', '80 %', '100 %']],
    [
      'takes the fitting unit of time',
      'seconds',
      [0.1, 0.4],
      ['0 ms', '100 ms', '200 ms', '300 ms', '400 ms', '500 ms'],
    ],
    [
      'counts bytes in powers of 1024',
      'bytes',
      [0, 3 * 1024 ** 3],
      ['0 GiB', '1 GiB', '2 GiB', '3 GiB', '4 GiB'],
    ],
    ['shows the neighbourhood of what hardly moves', 'number', [1000, 1010], ['1000', '1005', '1010']],
    ['has an axis for nothing', 'number', [0], ['0', '0.2', '0.4', '0.6', '0.8', '1']],
  ])('%s', (_, unit, values, ticks) => {
    const shown = axisOf(unit, values).ticks.map(({ text }) => text);
    expect(shown).toEqual(expect.arrayContaining(ticks));
  });

  it('keeps the limit in sight', () => {
    expect(axisOf('seconds', [0.1], 2).high).toBeGreaterThanOrEqual(2);
    expect(axisOf('number', [5], 0).low).toBe(0);
  });
});

describe('timeTicks', () => {
  it('shows the clock of the zone', () => {
    const shown = (zone: string) => timeTicks(chartExample(), zone).map(({ text }) => text);
    expect(shown('UTC')).toEqual(['10:00', '10:05', '10:10', '10:15']);
    expect(shown('Asia/Kolkata')).toEqual(['15:30', '15:35', '15:40', '15:45']);
  });
});

describe('placeLabels', () => {
  it.each([
    ['leaves what is apart', [10, 50, 90], [10, 50, 90]],
    ['moves what is too near, in its order', [50, 52, 48], [68, 88, 48]],
    ['stays above the bottom', [99, 100], [80, 100]],
    ['stays below the top', [-5, 0], [0, 20]],
  ])('%s', (_, wanted, placed) => {
    expect(placeLabels(wanted, 20, [0, 100])).toEqual(placed);
  });
});
