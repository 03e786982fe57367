import { describe, expect, it } from 'vitest';
import { fill, placeholders, resolveParameters } from '../../../src/runbook/file/params.ts';

describe('resolveParameters', () => {
  const from = {
    service: { a: 'from service' },
    labels: { node: 'n-1', evil: 'x; rm', sly: `\${steps.a.facts.token}` },
    alert: { query: 'up', name: `\${b}` },
  };
  it.each([
    [
      'the service goes before everything',
      { a: { label: 'node', allow: ['n-1'], default: 'd' } },
      { a: 'from service' },
    ],
    ['an allowed label', { b: { label: 'node', allow: ['n-1', 'n-2'] } }, { b: 'n-1' }],
    ['a label that fits its pattern as a whole', { b: { label: 'node', pattern: 'n-[0-9]+' } }, { b: 'n-1' }],
    [
      'a label outside the allow-list falls back',
      { b: { label: 'evil', allow: ['n-1'], default: 'd' } },
      { b: 'd' },
    ],
    ['a label beside its pattern gives nothing', { b: { label: 'evil', pattern: '[a-z]' } }, {}],
    ['a label must satisfy both constraints', { b: { label: 'node', allow: ['n-1'], pattern: 'm' } }, {}],
    ['inherited names are no labels', { b: { label: 'constructor', pattern: '.*' } }, {}],
    ['a label that names what a look found gives nothing', { b: { label: 'sly', pattern: '.*' } }, {}],
    [
      'an alert that names a parameter falls back',
      { b: { alert: 'name' as const, default: 'd' } },
      { b: 'd' },
    ],
    ['what the alert says', { b: { alert: 'query' as const, default: 'd' } }, { b: 'up' }],
    [
      'the default where the setting is not set',
      { b: { setting: 'PROMETHEUS_URL' as const, default: 'd' } },
      { b: 'd' },
    ],
    ['no value at all', { b: {} }, {}],
  ])('%s', (_, declared, expected) => expect(resolveParameters(declared, from)).toEqual(expected));
});

describe('fill', () => {
  const values = { list: ['a', 'b'], host: 'h', port: 1, tricky: `\${host}` };
  it.each([
    [`\${list}`, ['a', 'b']],
    [`http://\${host}:\${port}/`, 'http://h:1/'],
    [{ deep: [`\${port}`] }, { deep: [1] }],
    [`\${unknown} stays`, `\${unknown} stays`],
    [`x\${tricky}`, `x\${host}`],
    [`\${constructor}`, `\${constructor}`],
  ])('%j becomes %j in one pass', (template, expected) => expect(fill(template, values)).toEqual(expected));
});

it('placeholders says where each stands', () => {
  expect(placeholders({ a: [`x\${b}`], c: { d: `\${e}` } })).toEqual([
    { name: 'b', path: ['a', 0] },
    { name: 'e', path: ['c', 'd'] },
  ]);
});
