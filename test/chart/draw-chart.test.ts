import { describe, expect, it } from 'vitest';
import { describeChart } from '../../src/chart/describe-chart.ts';
import { drawChart } from '../../src/chart/draw-chart.ts';
import type { Chart } from '../../src/incident/words.ts';
import { chartExample, seriesExample } from './chart-example.ts';

const reader = { language: 'en', timezone: 'Asia/Seoul', openedAt: null } as const;
const draw = (more: Partial<Chart> = {}, who = {}) => drawChart(chartExample(more), { ...reader, ...who });
const texts = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const lines = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].map(([, path]) => path!);

describe('drawChart', () => {
  it('says what, when in the zone of the team, how much, and with which limit', () => {
    expect(texts(draw())).toEqual([
      'HighErrorRate',
      '2026-11-21 19:00 – 19:15 (Asia/Seoul)',
      ...['0 %', '5 %', '10 %', '15 %'],
      ...['19:00', '19:05', '19:10', '19:15'],
      'alert began',
      'limit 5 %',
      '12.4 %',
    ]);
  });

  it('is the same at every run, byte for byte', () => {
    expect(draw()).toBe(draw());
  });

  it('names the lines where there are several, and never over each other', () => {
    const svg = draw({
      series: ['a', 'b', 'c'].map((name) => seriesExample(name, () => 0.02)),
    });
    expect(texts(svg)).toEqual(expect.arrayContaining(['a 2 %', 'b 2 %', 'c 2 %']));
    const heights = [...svg.matchAll(/y="([\d.]+)"[^>]*>[abc] 2 %</g)].map(([, y]) => Number(y)).sort();
    expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(20);
    expect(heights[2]! - heights[1]!).toBeGreaterThanOrEqual(20);
  });

  it('breaks a line where values are missing', () => {
    const whole = lines(draw())[0]!;
    const broken = lines(draw({ series: [seriesExample('x', (at) => (at === 7 ? null : 0.01))] }))[0]!;
    expect(whole.match(/M/g)).toHaveLength(1);
    expect(broken.match(/M/g)).toHaveLength(2);
  });

  it('marks the opening of the incident, unless the alert began just then', () => {
    const { from } = chartExample();
    expect(texts(draw({}, { openedAt: from + 700_000 }))).toContain('incident');
    expect(texts(draw({}, { openedAt: from + 630_000 }))).not.toContain('incident');
    expect(texts(draw({}, { openedAt: from - 1 }))).not.toContain('incident');
  });

  it('speaks Korean', () => {
    expect(texts(draw({}, { language: 'ko' }))).toContain('기준 5 %');
  });

  it.each([
    ['nothing at all', []],
    ['only gaps', [seriesExample('x', () => null)]],
    ['zero', [seriesExample('x', () => 0)]],
    ['below zero', [seriesExample('x', (at) => -at)]],
    ['huge', [seriesExample('x', () => 1e300)]],
  ])('draws %s without a broken number', (_, series) => {
    for (const threshold of [undefined, 0])
      expect(draw({ series, ...(threshold === undefined ? {} : { threshold }) })).not.toMatch(
        /NaN|Infinity|undefined/,
      );
  });

  it('lets no label of a metric into the markup', () => {
    const evil = '"><script>alert(1)</script>&';
    const svg = draw({ title: evil, series: ['a', evil].map((name) => seriesExample(name, () => 0.1)) });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script');
  });
});

describe('describeChart', () => {
  it('tells the chart to those who hear it', () => {
    expect(describeChart(chartExample(), reader)).toBe(
      'Line chart of HighErrorRate, 19:00 to 19:15 (Asia/Seoul); limit 5 %; checkout ends at 12.4 %.',
    );
    expect(describeChart(chartExample(), { ...reader, language: 'ko' })).toBe(
      'HighErrorRate 꺾은선 차트, 19:00부터 19:15까지(Asia/Seoul); 기준 5 %; checkout 마지막 값 12.4 %.',
    );
  });
});
