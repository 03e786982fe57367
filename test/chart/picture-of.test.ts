import { describe, expect, it } from 'vitest';
import { drawChart } from '../../src/chart/draw-chart.ts';
import { pictureOf } from '../../src/chart/picture-of.ts';
import { chartExample } from './chart-example.ts';

const picture = (title: string) =>
  pictureOf(drawChart(chartExample({ title }), { language: 'ko', timezone: 'UTC', openedAt: null }));

describe('pictureOf', () => {
  it('is a PNG of 1280 × 840', async () => {
    const png = await picture('HighErrorRate');
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 840]);
    expect(png.length).toBeLessThan(200_000);
  });

  it('is the same at every run', async () => {
    expect((await picture('x')).equals(await picture('x'))).toBe(true);
  });

  it('has letters of its own for Korean: different syllables look different, as boxes would not', async () => {
    expect((await picture('가')).equals(await picture('나'))).toBe(false);
    expect((await picture('각')).equals(await picture(' '))).toBe(false);
  });
});
