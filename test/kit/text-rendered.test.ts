import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { fence, markdownText } from '../../src/kit/text.ts';

/** Renders as leniently as GitHub does: HTML passes and bare addresses become links. */
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false });

/** Text made of what Markdown reacts to. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(...'`*_[]()#+-.!|<>~$\\&=:{}^\n\t '.split('')),
      fc.constantFrom(
        '[a](http://e.com)',
        '![b](http://e.com/x.png)',
        '<b>',
        '<!--',
        '```\n',
        '1. ',
        '- ',
        '> ',
        '# ',
        '    code',
        '---',
        '&lt;',
      ),
      fc.constantFrom(
        'http://e.com',
        'https://e.com/a_b_c',
        'me@e.com',
        '**bold**',
        '~~old~~',
        '| a | b |\n|---|---|',
        '[x]: http://e.com',
      ),
    ),
    { maxLength: 15 },
  )
  .map((parts) => parts.join(''));
const runs = { numRuns: 2000, seed: 20260105 };

test('outside text renders as text: no tag of any kind, at the start of a block or inside a line', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const safe = markdownText(text);
      expect(markdown.render(safe)).toMatch(/^(<p>[^<]*<\/p>\n)?$/);
      expect(markdown.render(`- by ${safe} at noon`)).toMatch(/^<ul>\n<li>[^<]*<\/li>\n<\/ul>\n$/);
      expect(markdown.render(`a\n${safe}`)).toMatch(/^<p>[^<]*<\/p>\n$/);
    }),
    runs,
  );
});

test('nothing leaves a fence', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(markdown.render(`${fence(text)}\n`)).toMatch(/^<pre><code>[^<]*<\/code><\/pre>\n$/);
    }),
    runs,
  );
});
