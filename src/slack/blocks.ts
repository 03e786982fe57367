import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
  TableBlock,
} from '@slack/types';
import type { Evidence } from '../incident/words.ts';
import { oneLine, plainText, slackText } from '../kit/text.ts';
import { type ActionName, type ActionValue, encodeAction } from './actions.ts';

/** Text made by Muster, with outside parts already escaped by `slackText`. Verbatim, so that Slack links nothing by itself. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** Text shown as it is, cut to Slack's limit for its place. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: plainText(text, max) || ' ',
  emoji: false,
});

/** A headline: plain text on one line, at most 150 characters. */
export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(oneLine(text), 150) });

/** A paragraph, with a button beside it where one is given. Whole lines beyond Slack's 3,000 characters are left out. */
export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: mrkdwn(fitLines(text.split('\n'), 3000)),
  ...(accessory && { accessory }),
});

/** Small grey text. */
export const context = (text: string): ContextBlock => ({
  type: 'context',
  elements: [mrkdwn(fitLines(text.split('\n'), 2000))],
});

/** A row of buttons. */
export const buttons = (...elements: Button[]): ActionsBlock => ({ type: 'actions', elements });

/** A button whose click comes back to us as `action` with `value`. */
export const button = <N extends ActionName>(
  label: string,
  action: N,
  value: ActionValue<N>,
  look: { style?: 'primary' | 'danger' } = {},
): Button => ({
  type: 'button',
  text: plain(label, 75),
  action_id: action,
  value: encodeAction(action, value),
  ...look,
});

/** A button that opens a web address, which must be a safe one (see `safeUrl`). */
export const linkButton = (label: string, action: `open-${string}` & ActionName, url: string): Button => ({
  type: 'button',
  text: plain(label, 75),
  action_id: action,
  url,
});

/** Slack's limits for a table are 100 rows, 20 columns and 10,000 characters; a phone reads far less. */
const tableLimits = { rows: 12, columns: 6, cell: 120 };

/** Evidence as a table of plain text, cut to what a phone can show; `more` words the rows that were left out. */
export function table(evidence: Evidence, more: (rows: number) => string): TableBlock {
  const cells = (row: string[]) =>
    row.slice(0, tableLimits.columns).map((text) => ({
      type: 'raw_text' as const,
      text: oneLine(text, tableLimits.cell) || ' ',
    }));
  const shown = evidence.rows.slice(0, tableLimits.rows);
  const left = evidence.rows.length - shown.length;
  const rest = evidence.columns.map((_, column) => (column === 0 ? more(left) : ' '));
  return {
    type: 'table',
    rows: [evidence.columns, ...shown, ...(left > 0 ? [rest] : [])].map(cells),
    column_settings: evidence.columns.slice(0, tableLimits.columns).map(() => ({ is_wrapped: true })),
  };
}

/** Names a person so that Slack notifies them; only for an invitation or a role. Falls back to the plain name. */
export const mention = (person: { name: string; slack: string | null }): string =>
  person.slack && /^[UW][A-Z0-9]+$/.test(person.slack)
    ? `<@${person.slack}>`
    : slackText(oneLine(person.name, 80));

/** A moment in each reader's own time zone, to the minute; `fallback` is for clients that can't show it. */
export const clockTime = (at: number, fallback: string): string =>
  `<!date^${Math.floor(at / 1000)}^{time}|${slackText(fallback)}>`;

/** As many whole lines as fit, then `…`. A line is never cut: half an entity or link would change its meaning. */
function fitLines(lines: string[], max: number): string {
  const text = lines.join('\n');
  if (text.length <= max) return text || ' ';
  let kept = '';
  for (const line of lines) {
    if (kept.length + line.length + 2 > max) break;
    kept += `${line}\n`;
  }
  return `${kept}…`;
}
