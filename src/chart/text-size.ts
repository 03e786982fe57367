import { plainText } from '../kit/text.ts';

/** Widths in em of Nanum Gothic, measured; letters of other fonts differ by a tenth, which the layout bears. */
const widths: [RegExp, number][] = [
  [/[\u1100-\uffdc]/, 0.92],
  [/[mwMW%@—]/, 0.9],
  [/[A-Z]/, 0.68],
  [/[iljtfrI.,:;'|()[\] ]/, 0.33],
  [/[0-9]/, 0.56],
];

/** About how wide a text is, in the unit of `size`. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce(
    (total, letter) => total + size * (widths.find(([like]) => like.test(letter))?.[1] ?? 0.55),
    0,
  );

/** The text, cut with `…` so that it is at most `width` wide. */
export function fitText(text: string, size: number, width: number): string {
  let length = text.length;
  while (length > 1 && textWidth(plainText(text, length), size) > width) length -= 1;
  return plainText(text, length);
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Outside text inside XML; characters that XML or people cannot see are gone. */
export const xmlText = (text: string): string =>
  plainText(text, 500).replace(/[&<>"']/g, (found) => entities[found]!);
