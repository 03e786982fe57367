import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fence,
  markdownLink,
  markdownText,
  oneLine,
  plainText,
  safeUrl,
  slackCode,
  slackLink,
  slackText,
} from '../../src/kit/text.ts';

/** Text as an attacker would write it: control sequences and hidden characters mixed with anything. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ...[
          '<!channel>',
          '<@U0MINJI>',
          '<https://evil.example|bank>',
          '<!subteam^S1>',
          '```',
          '`',
          '*',
          '_',
          '~',
          '>',
          '\n>',
          '&lt;!here&gt;',
        ],
        ...[
          '\u202e',
          '\u200b',
          '\u2066',
          '\ufeff',
          '\u0000',
          '\ud800',
          '@octocat',
          '#12',
          'GH-7',
          'Fixes #3',
          'closes: o/r#4',
        ],
        ...[
          '![x](http://evil.example/b.png)',
          '<img src=x>',
          '[a](javascript:x)',
          '| a |',
          '\r\n- [ ] x',
          'https://evil.example',
          'www.evil.example',
        ],
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const runs = { numRuns: 500, seed: 20260105 };
const bidiOrZeroWidth = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

describe('slackText', () => {
  test.each([
    ['a mention of everybody', '<!channel> down', '&lt;!channel&gt; down'],
    ['an ampersand comes first', 'a&lt;b', 'a&amp;lt;b'],
    ['formatting', '*x* ~y~ `z` _w_', '∗x∗ ∼y∼ ˋzˋ ＿w＿'],
    ['names keep their underscores', 'api_server_down', 'api_server_down'],
    ['a quote', '> said', '› said'],
    ['hidden characters', 'a\u202eb\u200bc', 'abc'],
    ['Korean stays', '주문 서비스 오류율 5%', '주문 서비스 오류율 5%'],
    ['emoji with a selector stays', '⚠️ warn', '⚠️ warn'],
  ])('defuses %s', (_why, given, expected) => expect(slackText(given)).toBe(expected));

  test('leaves no control sequence, formatting or hidden character in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = slackText(text);
        expect(safe).not.toMatch(/[<>*~`]/);
        expect(safe).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(safe).not.toMatch(bidiOrZeroWidth);
        expect(safe.isWellFormed()).toBe(true);
      }),
      runs,
    );
  });
});

describe('slackCode and slackLink', () => {
  test('a code span holds exactly two backticks and no line break', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(slackCode(text)).toMatch(/^`[^`<>\n]+`$/);
      }),
      runs,
    );
  });
  test('a link is one control sequence whose label cannot break out', () => {
    fc.assert(
      fc.property(hostile, hostile, (path, label) => {
        expect(slackLink(`https://grafana.example/${path}`, label)).toMatch(
          /^<https:[^<>|\s]+\|[^<>|\n]+>$|^[^<>]*$/,
        );
      }),
      runs,
    );
  });
  test('an unsafe address leaves the label alone', () =>
    expect(slackLink('javascript:alert(1)', 'panel')).toBe('panel'));
});

describe('plainText', () => {
  test('never exceeds its limit and never ends in half a character', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const short = plainText(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.isWellFormed()).toBe(true);
        expect(short).not.toMatch(bidiOrZeroWidth);
      }),
      runs,
    );
  });
  test('says that it was shortened', () =>
    expect(plainText('orders-high-error-rate', 10)).toBe('orders-hi…'));
  test('does not cut an emoji in two', () => expect(plainText('ab😀cd', 4)).toBe('ab…'));
  test('oneLine folds white space', () => expect(oneLine(' a\n\t b\r\nc ')).toBe('a b c'));
});

describe('markdownText', () => {
  test.each([
    ['a mention', '@octocat', /^@\u2060octocat$/],
    ['an issue reference', 'see #12', /#\u206012/],
    ['a GH reference', 'GH-12', /GH\u2060-12/],
    ['a closing keyword', 'Fixes #3', /^F\u2060ixes #\u20603$/],
    [
      'a closing keyword with an address',
      'resolves https://github.com/o/r/issues/1',
      /^r\u2060esolves https:\u2060\/\//,
    ],
    ['ordinary words stay', 'the incident resolved itself', /^the incident resolved itself$/],
    ['an image', '![x](http://e/b.png)', /^!\\\[x\\\]\\\(http:\u2060\/\//],
    ['HTML', '<img src=x onerror=y>', /^&lt;img src=x onerror=y&gt;$/],
    ['a heading', '# big', /^\\# big$/],
    ['a list', '- item', /^\\- item$/],
    ['a numbered list', '1. item', /^1\u2060\. item$/],
    ['a table cell', 'a | b', /^a \\\| b$/],
  ])('defuses %s', (_why, given, expected) => expect(markdownText(given)).toMatch(expected));

  test('leaves nothing active in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = markdownText(text);
        expect(safe).not.toMatch(/[<>\n]/);
        expect(safe).not.toMatch(/@\w|#\w|:\/\/|\bGH-\d|www\./i);
        expect(safe.replace(/\\[\\`*_[\]()|~$#+=-]/g, '')).not.toMatch(/[`*_[\]()|~$\\]/);
      }),
      runs,
    );
  });
  test('a link keeps its brackets whatever the label and the path hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (path, label) => {
        const link = markdownLink(`https://grafana.example/${path}`, label).replace(/\\./g, '');
        if (safeUrl(`https://grafana.example/${path}`))
          expect(link).toMatch(/^\[[^[\]]*\]\(https:[^()\s<>]+\)$/);
      }),
      runs,
    );
  });
});

test('a fence is longer than every run of backticks inside it', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const [first = '', ...rest] = fence(text).split('\n');
      expect(first).toMatch(/^`{3,}$/);
      expect(rest.pop()).toBe(first);
      for (const line of rest) expect(line.includes(first)).toBe(false);
    }),
    runs,
  );
});

describe('safeUrl', () => {
  test.each([
    ['http', 'http://grafana:3000/d/x?a=1&b=2', 'http://grafana:3000/d/x?a=1&b=2'],
    ['IPv6', 'http://[::1]:9090/graph', 'http://[::1]:9090/graph'],
    ['link ends are encoded', 'https://e.example/a|b>c)d', 'https://e.example/a%7Cb%3Ec%29d'],
    ['javascript', 'javascript:alert(1)', undefined],
    ['javascript in disguise', ' java\nscript:alert(1)', undefined],
    ['data', 'data:text/html,x', undefined],
    ['a user name that looks like a host', 'https://bank.example@evil.example/', undefined],
    ['a relative path', '/graph', undefined],
    ['endless', `https://e.example/${'a'.repeat(3000)}`, undefined],
  ])('%s', (_why, given, expected) => expect(safeUrl(given)).toBe(expected));
});
