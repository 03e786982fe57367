import { expect, it } from 'vitest';
import { previewLines } from '../../src/incident/preview.ts';

it('keeps every character of what will run: a long line goes on in the next', () => {
  const text = `SEND ${'x'.repeat(700)} DROP 끝`;
  const lines = previewLines(`  one\n\n${text}\n`);
  expect(lines?.slice(0, 2)).toEqual(['one', '']);
  expect(lines?.slice(2).join('')).toBe(text);
  expect(lines).toHaveLength(5);
});

it.each([
  ['many characters', 'x'.repeat(2001)],
  ['many lines', 'x\n'.repeat(9)],
  ['what grows when it is escaped', '<'.repeat(700)],
])('has no room for %s', (_, text) => expect(previewLines(text)).toBeNull());
