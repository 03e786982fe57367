import { describe, expect, test } from 'vitest';
import { createWhoIsOnCall } from '../../src/oncall/who-is-on-call.ts';
import { at, muster } from './config.ts';

const rotations = `timezone: Asia/Seoul
rotations:
  platform: { people: [minji, jun, sora], start: 2026-01-05, handoff: "monday 10:00" }
  berlin: { people: [jun, sora], start: 2026-01-05, handoff: "sunday 02:30", timezone: Europe/Berlin }
  alone: { people: [minji] }
  often: { people: [minji, jun, minji], start: 2026-01-05 }
`;
const on = (overrides: string, rotation: string, time: string) =>
  createWhoIsOnCall(muster(rotations + overrides))(rotation, at(time));
const pair = (overrides: string, rotation: string, time: string) => {
  const { primary, secondary } = on(overrides, rotation, time);
  return [primary, secondary];
};

describe('the weekly rotation', () => {
  test.each([
    ['the first week', '2026-01-05T10:00:00+09:00', ['minji', 'jun']],
    ['a moment before its hand-off', '2026-01-05T09:59:59+09:00', ['sora', 'minji']],
    ['the second week', '2026-01-12T10:00:00+09:00', ['jun', 'sora']],
    ['the third', '2026-01-19T12:00:00+09:00', ['sora', 'minji']],
    ['round again', '2026-01-26T12:00:00+09:00', ['minji', 'jun']],
    ['long before the start', '2025-12-29T10:00:00+09:00', ['sora', 'minji']],
  ])('%s', (_why, time, expected) => expect(pair('', 'platform', time)).toEqual(expected));

  test('says why', () => {
    expect(on('', 'platform', '2026-01-14T00:00:00Z').because).toBe('rotation platform, week of 2026-01-12');
  });
  test('a rotation of one has no secondary', () => {
    expect(pair('', 'alone', '2026-03-01T00:00:00Z')).toEqual(['minji', null]);
  });
  test('a rotation that does not exist has nobody, and says so', () => {
    expect(on('', 'ghost', '2026-03-01T00:00:00Z')).toEqual({
      primary: null,
      secondary: null,
      because: 'there is no rotation ghost',
    });
    expect(on('', 'constructor', '2026-03-01T00:00:00Z').primary).toBeNull();
  });
});

const override = (fields: string) => `overrides: [${fields}]\n`;

describe('overrides', () => {
  const christmas = override(
    '{ rotation: platform, as: primary, person: hana, from: 2026-12-24T10:00, to: 2026-12-26T10:00 }',
  );
  test.each([
    ['before', '2026-12-24T09:59:59+09:00', 'sora'],
    ['from its first moment', '2026-12-24T10:00:00+09:00', 'hana'],
    ['to its last', '2026-12-26T09:59:59+09:00', 'hana'],
    ['not after', '2026-12-26T10:00:00+09:00', 'sora'],
  ])('hold %s', (_why, time, primary) => expect(on(christmas, 'platform', time).primary).toBe(primary));
  test('are named in the reason', () => {
    const { because } = on(christmas, 'platform', '2026-12-25T00:00:00Z');
    expect(because).toBe('rotation platform, week of 2026-12-21; override: hana is primary');
  });
  test('leave other rotations alone', () =>
    expect(on(christmas, 'alone', '2026-12-25T00:00:00Z').primary).toBe('minji'));

  test('whoever takes over is not their own secondary: the next in line is, not the one who was replaced', () => {
    const jun = override('{ rotation: platform, person: jun, from: 2026-01-05T10:00, to: 2026-01-06T10:00 }');
    expect(pair(jun, 'platform', '2026-01-05T12:00:00+09:00')).toEqual(['jun', 'sora']);
    const two = override('{ rotation: berlin, person: sora, from: 2026-01-12T10:00, to: 2026-01-13T10:00 }');
    expect(pair(two, 'berlin', '2026-01-12T12:00:00Z')).toEqual(['sora', null]);
  });
  test('somebody who stands in line twice is neither their own secondary nor the secondary of their substitute', () => {
    expect(pair('', 'often', '2026-01-19T12:00:00+09:00')).toEqual(['minji', 'jun']);
    const jun = override('{ rotation: often, person: jun, from: 2026-01-05T10:00, to: 2026-01-06T10:00 }');
    expect(pair(jun, 'often', '2026-01-05T12:00:00+09:00')).toEqual(['jun', null]);
  });
  test('a secondary can be replaced too, and the last one written wins', () => {
    const both = override(
      '{ rotation: platform, as: secondary, person: sora, from: 2026-01-05T10:00, to: 2026-01-09T10:00 }, { rotation: platform, as: secondary, person: hana, from: 2026-01-06T10:00, to: 2026-01-07T10:00 }',
    );
    expect(pair(both, 'platform', '2026-01-05T12:00:00+09:00')).toEqual(['minji', 'sora']);
    expect(pair(both, 'platform', '2026-01-06T12:00:00+09:00')).toEqual(['minji', 'hana']);
  });
  test.each([
    [
      'spring, when an hour is missing',
      '2026-03-29T01:00',
      '2026-03-29T04:00',
      '2026-03-29T00:00:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'autumn, when an hour comes twice',
      '2026-10-25T01:00',
      '2026-10-25T04:00',
      '2026-10-24T23:00:00Z',
      '2026-10-25T03:00:00Z',
    ],
  ])('across the change in %s', (_why, from, to, first, end) => {
    const yaml = override(`{ rotation: berlin, person: hana, from: ${from}, to: ${to} }`);
    const who = createWhoIsOnCall(muster(rotations + yaml));
    const edges = [at(first) - 1, at(first), at(end) - 1, at(end)].map(
      (time) => who('berlin', time).primary === 'hana',
    );
    expect(edges).toEqual([false, true, true, false]);
  });
});

test('the zone of the machine plays no part', () => {
  const machine = process.env.TZ;
  const answers = ['Asia/Seoul', 'America/New_York', 'Pacific/Apia'].map((zone) => {
    process.env.TZ = zone;
    expect(new Date(0).getTimezoneOffset()).not.toBe(0);
    return pair('', 'berlin', '2026-10-25T01:15:00Z').concat(pair('', 'platform', '2026-03-08T07:30:00Z'));
  });
  if (machine === undefined) delete process.env.TZ;
  else process.env.TZ = machine;
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('a look-up is cheap: 20,000 over ten years in well under a second', () => {
  const who = createWhoIsOnCall(muster(rotations));
  const start = performance.now();
  for (let i = 0; i < 20_000; i++) who('berlin', at('2026-01-01T00:00:00Z') + i * 15_768_000);
  expect(performance.now() - start).toBeLessThan(3000);
});
