import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../../src/runbook/systems/kubernetes/json-fault.ts';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the first fault of a JSON text', () => {
  it.each([
    ['{"a": 1,\n "b" 2}', { line: 2, column: 6, expected: 'colon' }],
    ['{"a": 1,\n "b": }', { line: 2, column: 7, expected: 'value' }],
    ['{"a": 1,}', { line: 1, column: 9, expected: 'name' }],
    ['[1, 2,]', { line: 1, column: 7, expected: 'value' }],
    ['{"a": 1\n "b": 2}', { line: 2, column: 2, expected: 'comma' }],
    ['{"a": "x\ny"}', { line: 1, column: 7, expected: 'string' }],
    ["{'a': 1}", { line: 1, column: 2, expected: 'name' }],
    ['{"a": [1, {"b": 2}', { line: 1, column: 19, expected: 'comma' }],
    ['{} {}', { line: 1, column: 4, expected: 'end' }],
    ['', { line: 1, column: 1, expected: 'value' }],
    ['{"a": 01}', { line: 1, column: 7, expected: 'value' }],
  ])('%j', (text, fault) => {
    expect(parses(text)).toBe(false);
    expect(findJsonFault(text)).toEqual(fault);
  });

  it('agrees with JSON.parse on any JSON, whole or with a character replaced or removed', () => {
    const random = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', ':', '0', '\\', '\n'),
    );
    fc.assert(
      fc.property(random, ([json, position, other]) => {
        const at = position % (json.length + 1);
        const changed = json.slice(0, at) + other + json.slice(at + 1);
        expect(findJsonFault(json)).toBeNull();
        expect(findJsonFault(changed) === null).toBe(parses(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it('needs no stack for deep nesting', () => {
    const deep = 100_000;
    expect(findJsonFault('['.repeat(deep) + ']'.repeat(deep))).toBeNull();
  });
});
