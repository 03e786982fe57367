import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registry } from '../../src/runbook/registry.ts';

describe('the catalogue of steps', () => {
  it('has exactly one entry a file, in alphabetical order', () => {
    const files = readdirSync('src/runbook/steps').map((file) => file.replace(/\.ts$/, ''));
    expect(registry.map(({ name }) => name)).toEqual(files.toSorted());
  });

  it('has a test on the real part for each', () => {
    const tested = readdirSync('test/runbook/steps').map((file) => file.replace(/\.test\.ts$/, ''));
    expect(registry.map(({ name }) => name).filter((name) => !tested.includes(name))).toEqual([]);
  });

  describe.each(registry.map((step) => [step.name, step] as const))('%s', (_, step) => {
    it('describes itself in one sentence', () => expect(step.about).toMatch(/^[A-Z][^\n]{20,250}\.$/));

    it('accepts its own example, and nothing it does not know', () => {
      const parsed = step.input.safeParse(step.example);
      expect(parsed.success).toBe(true);
      expect(step.input.safeParse({ ...(step.example as object), typo: 1 }).success).toBe(false);
      expect(step.target(parsed.data)).toMatch(/\S/);
    });

    it('names only inputs it has as targets', () => {
      const shape = (step.input as unknown as { shape: object }).shape;
      expect(step.targets.filter((name) => !(name in shape))).toEqual([]);
    });

    it('shows what it will do, in both languages, exactly where people decide', () => {
      const parsed = step.input.parse(step.example);
      const shown = (['en', 'ko'] as const).map((language) => step.preview?.(parsed, language));
      if (step.effect === 'read') expect(shown).toEqual([undefined, undefined]);
      else expect(new Set(shown.filter(Boolean)).size).toBe(2);
    });

    it('ends within a minute', () => expect(step.timeoutMs).toBeLessThanOrEqual(60_000));
  });
});
