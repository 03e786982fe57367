import { describe, expect, test } from 'vitest';
import { createTemplates } from '../../src/postmortem/template.ts';

const parse = createTemplates((text) => text.replaceAll('s3cret', '•••'));
const render = (text: string, view: object = {}) => parse(text, 'x.md')(view).trim();

describe('what a template prints', () => {
  test.each([
    ['text is escaped', '{{ a }}', { a: '*b* <i> @c' }, '\\*b\\* &lt;i&gt; @\u2060c'],
    ['code stays one span', '{{ a | code }}', { a: 'a`b|c\nd' }, '`aˋb¦c d`'],
    ['a link needs a web address', '{{ a | link: b }}', { a: 'javascript:x', b: 'go' }, 'go'],
    [
      'a link has an escaped label',
      '{{ a | link: b }}',
      { a: 'https://e.example/', b: '](x)' },
      '[\\]\\(x\\)](https://e.example/)',
    ],
    ['a fence is longer than the text’s own', '{{ a | fence }}', { a: '```\nx' }, '````\n```\nx\n````'],
    ['raw has no effect', '{{ a | raw }}', { a: '<b>' }, '&lt;b&gt;'],
    ['Liquid in a value is not run', '{{ a }}', { a: '{{ 1 | plus: 1 }}' }, '{{ 1 \\| plus: 1 }}'],
    ['secrets are masked', '{{ a }} {{ a | code }}', { a: 's3cret' }, '••• `•••`'],
    ['filters of Liquid can’t get round the escape', '{{ a | upcase | strip }}', { a: '<b> ' }, '&lt;B&gt;'],
  ])('%s', (_why, text, view, expected) => {
    expect(render(text, view)).toBe(expected);
  });

  test.each(['constructor', '__proto__', 'toString', 'a.constructor', 'a.length.constructor'])(
    'the inherited property %s is unknown',
    (name) => {
      expect(() => render(`{{ ${name} }}`, { a: 'x' })).toThrow('undefined variable');
    },
  );
});

describe('a template that can’t be used is a Failure with file, line and column', () => {
  test.each([
    ['an unknown variable', '\n  {{ nothing }}', 'x.md:2:6'],
    ['an unknown filter', '{{ "a" | shout }}', 'x.md:1:1'],
    ['an unclosed tag', 'a\n{% if a %}', 'x.md:2:1'],
    ['an unknown tag', '{% exec %}', 'x.md:1:1'],
    ['another file', '{% render "/etc/passwd" %}', 'x.md:1:1'],
  ])('%s', (_why, text, where) => {
    expect(() => render(text)).toThrow(
      expect.objectContaining({ name: 'Failure', code: 'template-invalid', retry: 'never', value: where }),
    );
  });

  test('an endless loop is stopped', () => {
    expect(() => render('{% for i in (1..100000000) %}{{ i }}{% endfor %}')).toThrow('limit exceeded');
  });

  test('a huge template is refused', () => {
    expect(() => render('x'.repeat(300_000))).toThrow('limit exceeded');
  });
});
