import { describe, expect, test } from 'vitest';
import { nearest } from '../../../src/slack/inbound/command-line.ts';
import { printCommandReference } from '../../../src/slack/inbound/print-commands.ts';
import { findVerb, verbs } from '../../../src/slack/inbound/registry.ts';

describe.each(verbs.map((verb) => [verb.name, verb] as const))('the verb %s', (name, verb) => {
  test('describes itself, in both languages, in one sentence that fits a phone', () => {
    expect(name).toMatch(/^[a-z]+$/);
    expect(verb.about.en).toMatch(/^[A-Z].*[.]$/);
    expect(verb.about.ko).toMatch(/[가-힣].*니다\.$/);
    for (const about of Object.values(verb.about)) expect(about.length).toBeLessThanOrEqual(90);
    expect(verb.usage.split(' ')[0]).toBe(name);
  });

  test('has an example that works as it is typed', () => {
    const [typed, ...words] = verb.example.replace(/ inc-\d+/, '').split(' ');
    expect(findVerb(typed!)).toBe(verb);
    expect(verb.input.safeParse(verb.inline(words.join(' '))).error).toBeUndefined();
  });

  test('is found by its aliases, which belong to no other', () => {
    expect(verb.aliases.length, 'a Korean one among them').toBeGreaterThan(0);
    for (const alias of verb.aliases) {
      expect(verbs.filter((other) => [other.name, ...other.aliases].includes(alias))).toEqual([verb]);
      expect(alias).toBe(alias.toLowerCase());
    }
    expect(verb.aliases.some((alias) => /[가-힣]/.test(alias))).toBe(true);
    expect(nearest(name, [name])).toBe(name);
  });

  test('never fails on odd words: it understands them or asks', () => {
    const odd = ['', ' ', '\u0000', '<!channel>', '__proto__', 'P1', 'x'.repeat(9000), '{"a":1}', '- - -'];
    for (const words of odd) expect(typeof verb.input.safeParse(verb.inline(words)).success).toBe('boolean');
  });
});

test('the printed reference has every verb', () => {
  const text = printCommandReference();
  for (const verb of verbs) expect(text).toContain(`\n## ${verb.name}\n`);
  expect(text.endsWith('\n')).toBe(true);
});
