import { expect, test } from 'vitest';
import { hmacSha256Hex, safeEqual } from '../../src/kit/signature.ts';

test("hmacSha256Hex gives GitHub's documented test vector, in one part or several", () => {
  const expected = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  expect(hmacSha256Hex("It's a Secret to Everybody", 'Hello, World!')).toBe(expected);
  expect(hmacSha256Hex("It's a Secret to Everybody", 'Hello, ', Buffer.from('World!'))).toBe(expected);
});

test.each([
  ['equal', 'abc', 'abc', true],
  ['different', 'abc', 'abd', false],
  ['shorter', 'ab', 'abc', false],
  ['longer', 'abcd', 'abc', false],
  ['nothing given', '', 'abc', false],
  ['nothing expected opens nothing', '', '', false],
])('safeEqual: %s', (_why, given, expected, result) => expect(safeEqual(given, expected)).toBe(result));
