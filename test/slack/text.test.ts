import { expect, test } from 'vitest';
import { en } from '../../src/slack/text/en.ts';
import { ko } from '../../src/slack/text/ko.ts';

/** Every text with placeholders for its arguments, by its path. */
function textsOf(messages: unknown, path = ''): [string, string][] {
  if (typeof messages === 'string') return [[path, messages]];
  if (typeof messages === 'function') {
    if (path === '/topic') return [];
    const given = Array.from({ length: messages.length }, (_, index) => `{${index}}`);
    return [[path, String(messages(...given))]];
  }
  return Object.entries(messages as object).flatMap(([key, value]) => textsOf(value, `${path}/${key}`));
}

const english = new Map(textsOf(en));
const korean = new Map(textsOf(ko));
const argumentsIn = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort();

test('Korean says all that English says, with the same facts', () => {
  expect([...korean.keys()]).toEqual([...english.keys()]);
  const different = [...english].filter(
    ([path, text]) => argumentsIn(text).join() !== argumentsIn(korean.get(path)!).join(),
  );
  expect(different).toEqual([]);
});

test('Korean is Korean', () => {
  const same = ['/missing', '/status/by', '/muster', '/news/note', '/news/reason', '/duration'];
  const untranslated = [...korean].filter(
    ([path, text]) => !/[가-힣]/.test(text) && !same.some((known) => path.startsWith(known)),
  );
  expect(untranslated).toEqual([]);
});

test('no text formats, mentions or links by itself', () => {
  for (const [path, text] of [...english, ...korean]) expect(text, path).not.toMatch(/[*_~`<>]/);
});
