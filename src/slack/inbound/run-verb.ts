import { incidentName } from '../../incident/state.ts';
import { reasonOf } from '../../kit/failure.ts';
import { slackCode } from '../../kit/text.ts';
import { type Answer, type ReplyTo, say } from './answer.ts';
import { offerIncidents, offerVerb } from './asked-verb.ts';
import { byWeight } from './by-weight.ts';
import { nearest } from './command-line.ts';

import { type Desk, incidentFor } from './desk.ts';
import { fillForm, openForm } from './forms.ts';
import { findVerb, verbs } from './registry.ts';
import type { Form, Raw, Verb } from './verb.ts';

/** One wish of one person, from whichever door: a verb and the words behind it, about an incident they named or not. */
export type Wish = {
  verb: string;
  words: string;
  incident: number | null;
  to: ReplyTo;
  /** Opens a modal within three seconds of the request; null where there is none. */
  trigger: string | null;
  /** True when the answer takes the place of the message whose button was clicked. */
  replace?: boolean;
};

/** Runs a verb: at once where everything is said, through its form where something is missing. */
export async function runVerb(desk: Desk, wish: Wish): Promise<void> {
  const verb = findVerb(wish.verb === '' ? 'help' : wish.verb);
  if (!verb) return answer(desk, wish, await suggest(desk, wish));
  const raw = verb.inline(wish.words);
  const parsed = verb.input.safeParse(raw);
  if (!parsed.success) {
    if (verb.form && wish.trigger !== null)
      return askByForm(desk, wish, verb.name, verb.form, verb.of, raw, {});
    return answer(desk, wish, say(desk.textsOf(wish.to.user).usage(verb.usage, verb.example)));
  }
  const ask = await desk.askOf(wish.to.user);
  if (verb.of === 'workspace') return answer(desk, wish, await verb.run(parsed.data, ask));
  const { incident, missing } = await incidentFor(desk, wish.incident, wish.to.channel);
  if (incident) return answer(desk, wish, await verb.run(parsed.data, ask, incident));
  if (missing !== null) return answer(desk, wish, say(ask.texts.noSuchIncident(incidentName(missing))));
  if (verb.needsResolved) return answer(desk, wish, say(ask.texts.usage(verb.usage, verb.example)));
  const open = (await desk.deps.openIncidents()).toSorted(byWeight);
  const only = open.length === 1 ? open[0] : undefined;
  if (only && verb.effect === 'read') return answer(desk, wish, await verb.run(parsed.data, ask, only));
  return answer(desk, wish, offerIncidents(ask, { verb: verb.name, words: wish.words }, open));
}

/**
 * Opens a form at once and fills it when its data is there. Where Slack refuses the modal (the trigger ran out), the person
 * is told how to type the same.
 */
export async function askByForm(
  desk: Desk,
  wish: Wish,
  name: string,
  form: Form,
  of: Verb['of'],
  raw: Raw,
  known: Raw,
): Promise<void> {
  const texts = desk.textsOf(wish.to.user);
  let view: string;
  try {
    view = await openForm(desk.deps.call, wish.trigger ?? '', form, texts);
  } catch (error) {
    desk.deps.log.warn({ form: name, reason: reasonOf(error) }, 'Slack did not open a form');
    const verb = findVerb(name);
    return answer(desk, wish, say(verb ? texts.usage(verb.usage, verb.example) : texts.broken));
  }
  const ask = await desk.askOf(wish.to.user);
  const { incident, missing } =
    of === 'workspace'
      ? { incident: null, missing: null }
      : await incidentFor(desk, wish.incident, wish.to.channel);
  const refusal =
    ask.asker.standing !== 'member'
      ? ask.texts.notMember[ask.asker.standing]
      : missing !== null
        ? ask.texts.noSuchIncident(incidentName(missing))
        : null;
  await fillForm(ask, { view, name, form, raw, known, to: wish.to, of }, incident, refusal);
}

async function suggest(desk: Desk, { verb: typed, words, incident, to }: Wish): Promise<Answer> {
  const texts = desk.textsOf(to.user);
  const names = verbs.flatMap((verb) => [verb.name, ...verb.aliases]);
  const near = findVerb(nearest(typed.slice(0, 40), names) ?? '');
  const shown = slackCode(typed.slice(0, 40));
  if (!near) return say(texts.unknownVerbAtAll(shown));
  return offerVerb(texts.unknownVerb(shown, near.name), near.name, { verb: near.name, words, incident });
}

const answer = ({ tell }: Desk, { to, replace }: Wish, said: Answer): Promise<void> =>
  tell(to, said, { replace: replace ?? false });
