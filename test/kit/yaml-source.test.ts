import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../src/kit/yaml-source.ts';

const Shape = z.strictObject({
  name: z.string(),
  ports: z.array(z.number()).default([]),
  people: z.record(z.string().regex(/^[a-z]+$/, 'must be lower-case'), z.string()).default({}),
});
const check = (text: string) => {
  const source = readYaml('a.yaml', text);
  if (source.problems.length > 0) return source.problems;
  const parsed = Shape.safeParse(source.value);
  return parsed.success ? [] : source.problemsOf(parsed.error);
};

describe('readYaml', () => {
  test('gives the value and no problem', () => {
    expect(readYaml('a.yaml', 'name: 주문\nports: [1, 2]\n').value).toEqual({ name: '주문', ports: [1, 2] });
    expect(check('name: x')).toEqual([]);
  });
  test.each([
    ['a duplicate key', 'name: a\nname: b', 2, 1, /unique/i],
    ['broken syntax', 'name: [a', 1, 9, /./],
    ['an alias', 'name: &n a\nports: *n', 1, 1, /aliases/],
    ['a tag that does not exist', 'name: !!js/function x', 1, 7, /tag/i],
    ['a wrong type', 'name: x\nports:\n  - 1\n  - two', 4, 5, /ports.1/],
    ['an unknown key', 'name: x\nprots: [1]', 2, 1, /unknown key "prots"/],
    ['a name that is not allowed', 'name: x\npeople:\n  Minji: a', 3, 3, /"Minji" must be lower-case/],
    ['a missing key, at its parent', 'ports: []', 1, 1, /^name: is missing \(string\)$/],
    ['a prototype key', 'name: x\n__proto__: {a: 1}', 2, 1, /__proto__/],
  ])('places %s', (_why, text, line, column, message) => {
    expect(check(text)).toEqual([{ file: 'a.yaml', line, column, message: expect.stringMatching(message) }]);
  });
  test('refuses a file over the cap, and an expansion bomb', () => {
    expect(check(`name: ${'x'.repeat(300_000)}`)[0]?.message).toMatch(/larger/);
    const bomb = [
      'a: &a [x,x]',
      ...'bcdefghij'.split('').map((c, i) => `${c}: &${c} [*${'abcdefghi'[i]},*${'abcdefghi'[i]}]`),
    ];
    expect(check(bomb.join('\n'))[0]?.message).toMatch(/aliases/);
  });
});
