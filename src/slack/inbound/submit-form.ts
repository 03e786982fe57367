import type { z } from 'zod';
import { incidentName } from '../../incident/state.ts';
import { type ReplyTo, say } from './answer.ts';
import { glassForm } from './break-glass.ts';
import { type Desk, incidentFor } from './desk.ts';
import { readInputs } from './form-inputs.ts';
import { type FormMeta, readMeta } from './forms.ts';
import { findVerb } from './registry.ts';
import type { Messages } from './text/en.ts';
import type { Raw, Verb } from './verb.ts';

/** What was submitted, checked: either the errors to show beside the inputs, or the work that is left to do. */
export type Submission = { errors: Record<string, string> } | { work: () => Promise<void>; to: ReplyTo };

/** Checks a submitted form without asking anybody, so that its errors can be shown at once; null when it is none of ours. */
export function readSubmission(
  desk: Desk,
  user: string,
  view: { private_metadata: string; state: { values: unknown } },
): Submission | null {
  const meta = readMeta(view.private_metadata);
  const form = meta && (meta.form === glassForm.name ? glassForm : findVerb(meta.form));
  if (!meta || !form) return null;
  const values = readInputs(view.state.values);
  const raw: Raw = { ...values, ...meta.known };
  const parsed = form.input.safeParse(raw);
  const texts = desk.textsOf(user);
  if (!parsed.success) return { errors: errorsOf(parsed.error, values, texts) };
  const to = { user, channel: meta.channel, responseUrl: meta.responseUrl };
  return { to, work: () => finish(desk, form, parsed.data, { ...meta, incident: chosen(meta, values) }, to) };
}

const chosen = (meta: FormMeta, values: Raw): number | null =>
  meta.incident ?? (typeof values.incident === 'string' ? Number(values.incident) : null);

async function finish(desk: Desk, form: Verb, input: unknown, meta: FormMeta, to: ReplyTo): Promise<void> {
  const ask = await desk.askOf(to.user);
  if (form.of === 'workspace') return desk.tell(to, await form.run(input, ask));
  const { incident } = await incidentFor(desk, meta.incident, null);
  const missing = say(ask.texts.noSuchIncident(incidentName(meta.incident ?? 0)));
  await desk.tell(to, incident ? await form.run(input, ask, incident) : missing);
}

/** Every issue beside its input; an issue of something that is not shown stands beside the first input. */
function errorsOf(error: z.ZodError, values: Raw, { problems }: Messages): Record<string, string> {
  const shown = Object.keys(values);
  return Object.fromEntries(
    error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const text = (problems as Record<string, string>)[message] ?? problems.needed;
      return [shown.includes(name) ? name : (shown[0] ?? name), text];
    }),
  );
}
