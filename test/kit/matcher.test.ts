import { describe, expect, test } from 'vitest';
import { parseMatcher } from '../../src/kit/matcher.ts';

const labels = { alertname: 'RedisMasterDown', service: 'orders', path: 'a"b\\c' };

describe('parseMatcher', () => {
  test.each([
    ['service="orders"', true],
    ['service=orders', true],
    ['service!="orders"', false],
    ['service=~"ord.*|cart"', true],
    ['service=~"ord"', false],
    ['service!~"cart.*"', true],
    ['absent=""', true],
    ['absent!=""', false],
    ['constructor=""', true],
    ['path="a\\"b\\\\c"', true],
    [' alertname = "RedisMasterDown" ', true],
  ])('%s', (source, expected) => {
    const matcher = parseMatcher(source);
    expect('error' in matcher ? matcher.error : matcher.matches(labels)).toBe(expected);
  });
  test.each([
    'service',
    'service=="x"',
    'service="x',
    'service="\\d"',
    'service=~"("',
    'service=~"(?=x)"',
    '9a="x"',
    'a=b c',
  ])('%s is refused with a reason', (source) => expect(parseMatcher(source)).toHaveProperty('error'));
  test('runs a hostile expression in linear time', () => {
    const matcher = parseMatcher('service=~"(a+)+$"');
    const start = performance.now();
    expect('error' in matcher || matcher.matches({ service: `${'a'.repeat(5000)}!` })).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
