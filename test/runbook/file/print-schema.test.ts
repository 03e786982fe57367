import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printRunbookSchema } from '../../../src/runbook/file/print-schema.ts';
import { registry } from '../../../src/runbook/registry.ts';

const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(printRunbookSchema()));
const files = readdirSync('runbooks').filter((file) => file.endsWith('.yaml'));
const read = (file: string) => readFileSync(join('runbooks', file), 'utf8');

describe('printRunbookSchema', () => {
  it.each(files)('accepts %s, which points editors at it', (file) => {
    expect(read(file)).toMatch(/^# yaml-language-server: \$schema=\.\/runbook\.schema\.json\n/);
    expect(validate(parse(read(file))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(registry.map((step) => [step.name, step] as const))('accepts the example of %s', (uses, step) => {
    const file = { name: 'r', title: 'R', steps: [{ id: 'a', uses, with: step.example }] };
    expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['an unknown step', { uses: 'nope' }],
    ['an unknown key', { uses: 'manual', with: { instructions: 'x' }, whit: 1 }],
    ['an unknown input', { uses: 'http', with: { url: 'http://x', verb: 'GET' } }],
    ['a missing input', { uses: 'http', with: {} }],
    ['a wrong input', { uses: 'http', with: { url: 'http://x', requests: 'many' } }],
  ])('refuses %s', (_, step) => {
    expect(validate({ name: 'r', title: 'R', steps: [{ id: 'a', ...step }] })).toBe(false);
  });
});
