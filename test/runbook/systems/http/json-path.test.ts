import { describe, expect, it } from 'vitest';
import { JsonPath, selectJson } from '../../../../src/runbook/systems/http/json-path.ts';

describe('JsonPath', () => {
  it.each(['$', '$.error.code', "$['a b'][0]", '$..code', '$.items[?@.state == "stuck"].id'])(
    'takes %s',
    (path) => expect(JsonPath.safeParse(path).success).toBe(true),
  );

  it.each([
    ['error.code', 'must be a JSONPath'],
    ['$.a[', 'must be a JSONPath'],
    ['$[?match(@.a, "(a+)+b")]', 'exponential'],
    ['$[?search(@.a, "(a+)+b")]', 'exponential'],
    ['$..a..b', 'only once'],
    ['$[?count(@..a) > 1]..b', 'only once'],
  ])('refuses %s', (path, why) => {
    const parsed = JsonPath.safeParse(path);
    expect(parsed.error?.issues[0]?.message).toContain(why);
  });
});

describe('selectJson', () => {
  it('selects values, and none where there are none', () => {
    expect(selectJson('{"error":{"code":"COMMON001"}}', '$.error.code')).toEqual(['COMMON001']);
    expect(selectJson('{"a":[1,2]}', '$.a[*]')).toEqual([1, 2]);
    expect(selectJson('{"a":1}', '$.b')).toEqual([]);
    expect(selectJson('{}', '$.constructor.name')).toEqual([]);
  });

  it('survives what is no JSON, and what is nested without end', () => {
    expect(selectJson('<html>', '$.a')).toBe('no-json');
    expect(selectJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '$..a')).toBeDefined();
  });
});
