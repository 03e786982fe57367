import { xmlText } from './text-size.ts';

/** The colours of everything but lines, on white. */
export const ink = {
  text: '#1c1c1c',
  quiet: '#616161',
  grid: '#e4e4e4',
  limit: '#c62828',
  mark: '#767676',
} as const;

/** How a text looks; `halo` keeps it readable on lines. */
type Look = {
  size: number;
  fill?: string;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
  halo?: boolean;
};

/** A text; its content is outside text. */
export function text(x: number, y: number, content: string, look: Look): string {
  const { size, fill = ink.text, bold = false, anchor = 'start', halo = false } = look;
  const extra = [
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    bold ? ' font-weight="700"' : '',
    halo ? ' stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' : '',
  ].join('');
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${extra}>${xmlText(content)}</text>`;
}

/** A straight line. */
export function rule(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  { dashes, width = 1 }: { dashes?: string; width?: number } = {},
): string {
  const dashed = dashes ? ` stroke-dasharray="${dashes}"` : '';
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" stroke-width="${width}"${dashed}/>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
