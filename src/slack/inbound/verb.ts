import type { KnownBlock } from '@slack/types';
import type { z } from 'zod';
import type { Incident } from '../../incident/state.ts';
import type { Language, PersonId } from '../../incident/words.ts';
import type { Answer } from './answer.ts';
import type { InboundDeps } from './inbound-deps.ts';
import type { Messages } from './text/en.ts';
import type { Asker, Who } from './who.ts';

/** Somebody asks for something: who, in which language, and what the answer may look at. */
export type Ask = {
  asker: Asker;
  texts: Messages;
  who: Who;
  deps: InboundDeps;
  /** A person's name, escaped for mrkdwn. */
  name: (person: PersonId) => string;
};

/** The named parts of what somebody typed or filled in, before they are checked. */
export type Raw = Record<string, unknown>;

/** A modal that asks for a verb's input: each input block and its element bear the name of a part of the input. */
export type Form = {
  title: (texts: Messages) => string;
  submit: (texts: Messages) => string;
  /** The inputs, prefilled with what is known already; the incident is null where it is still to be chosen. */
  blocks(ask: Ask, raw: Raw, incident: Incident | null): KnownBlock[] | Promise<KnownBlock[]>;
};

type Described<Input> = {
  /** What people type. */
  name: string;
  aliases: readonly string[];
  /** One sentence for the help. */
  about: Record<Language, string>;
  usage: string;
  example: string;
  effect: 'read' | 'change';
  /** Issues use the keys of `Messages['problems']` as their message. */
  input: z.ZodType<Input>;
  /** The named parts of the words behind the verb. What is missing is asked for in the form, or answered with the usage. */
  inline: (words: string) => Raw;
  form?: Form;
};

/** A verb about one incident. */
export type IncidentVerb<Input> = Described<Input> & {
  of: 'incident';
  /** True for a verb about resolved incidents: the open ones are no help to choose from. */
  needsResolved?: true;
  run(input: Input, ask: Ask, incident: Incident): Promise<Answer>;
};

/** A verb about the whole workspace. */
export type WorkspaceVerb<Input> = Described<Input> & {
  of: 'workspace';
  run(input: Input, ask: Ask): Promise<Answer>;
};

/** One entry of the catalogue of `/incident`: everything about one verb. Checks, refusals and answering are not its business. */
export type Verb<Input = unknown> = IncidentVerb<Input> | WorkspaceVerb<Input>;
