import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Incident } from '../../incident/state.ts';
import { incidentName } from '../../incident/state.ts';
import { oneLine, slackText } from '../../kit/text.ts';
import { plain, section } from '../blocks.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './verb.ts';

/** The `action_id` of buttons in our own private answers that run a verb. */
export const verbButton = 'run-verb';

const Asked = z.object({
  verb: z.string(),
  words: z.string(),
  incident: z.number().int().positive().nullable(),
});

/** A verb to be run, as a button carries it. */
export type AskedVerb = z.infer<typeof Asked>;

/** Reads a button's value; null when it is none of ours. */
export function readAskedVerb(value: string | undefined): AskedVerb | null {
  try {
    return Asked.parse(JSON.parse(value ?? ''));
  } catch {
    return null;
  }
}

/** Slack's limit for a button's value, less what surrounds the words. */
const longestWords = 1800;

const choice = (text: string, label: string, asked: AskedVerb): KnownBlock[] => {
  const value = JSON.stringify(asked);
  if (value.length > longestWords) return [section(text)];
  const button = { type: 'button' as const, text: plain(label, 75), action_id: verbButton, value };
  return [section(text, button)];
};

const shown = 10;

/** Offers the open incidents, each with a button that runs the verb on it. */
export function offerIncidents(ask: Ask, asked: Omit<AskedVerb, 'incident'>, open: Incident[]): Answer {
  const { texts } = ask;
  if (open.length === 0) return { text: texts.nothingOpen };
  const text = texts.chooseIncident(asked.verb);
  const rows = open.slice(0, shown).flatMap(({ id, state }) => {
    const line = `*${state.severity}* ${incidentName(id)} ${slackText(oneLine(state.title, 100))}`;
    return choice(line, texts.choose, { ...asked, incident: id });
  });
  const rest = open.length > shown ? [section(texts.andMore(open.length - shown))] : [];
  return { text, blocks: [section(text), ...rows, ...rest] };
}

/** Offers the verb that somebody probably meant. */
export function offerVerb(text: string, label: string, asked: AskedVerb): Answer {
  return { text, blocks: choice(text, label, asked) };
}
