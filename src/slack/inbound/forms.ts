import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Incident } from '../../incident/state.ts';
import { plain, section } from '../blocks.ts';
import type { SlackCall } from '../client.ts';
import type { ReplyTo } from './answer.ts';
import { incidentInput } from './form-inputs.ts';
import type { Messages } from './text/en.ts';
import type { Ask, Form, Raw } from './verb.ts';

/** The `callback_id` of every form; which one it is stands in its metadata. */
export const formCallback = 'incident-form';

const Meta = z.object({
  form: z.string(),
  incident: z.number().int().positive().nullable(),
  channel: z.string().nullable(),
  responseUrl: z.string().nullable(),
  /** Parts of the input that nobody types: the step of an approval, the message of a note. */
  known: z.record(z.string(), z.unknown()),
});

/** What a form remembers between its opening and its submission (Slack keeps at most 3,000 characters). */
export type FormMeta = z.infer<typeof Meta>;

/** Reads the metadata of a submitted form; null when it is none of ours. */
export function readMeta(text: string): FormMeta | null {
  try {
    return Meta.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Opens an empty modal at once, because a trigger lives for three seconds; returns the view's id for `fillForm`. */
export async function openForm(
  call: SlackCall,
  trigger: string,
  form: Form,
  texts: Messages,
): Promise<string> {
  const loading = { ...frame(form, texts), blocks: [section(texts.modal.loading)] };
  const answer = await call('views.open', { trigger_id: trigger, view: loading });
  return z.object({ view: z.object({ id: z.string() }) }).parse(answer).view.id;
}

/**
 * Fills an opened modal. Where the incident is not known the form asks for it, and where there is none to choose it says so.
 * `refusal` replaces the inputs for somebody who may not do what the form is for.
 */
export async function fillForm(
  ask: Ask,
  parts: {
    view: string;
    name: string;
    form: Form;
    raw: Raw;
    known: Raw;
    to: ReplyTo;
    of: 'incident' | 'workspace';
  },
  incident: Incident | null,
  refusal: string | null,
): Promise<void> {
  const { form, name, raw, known, to } = parts;
  const asks = parts.of === 'incident' && incident === null;
  const open = asks ? await ask.deps.openIncidents() : [];
  const why = refusal ?? (asks && open.length === 0 ? ask.texts.nothingOpen : null);
  const meta: FormMeta = {
    form: name,
    incident: incident?.id ?? null,
    channel: to.channel,
    responseUrl: to.responseUrl,
    known,
  };
  const inputs = why === null ? await form.blocks(ask, raw, incident) : [];
  const view: ModalView = {
    ...frame(form, ask.texts),
    private_metadata: JSON.stringify(meta),
    blocks:
      why === null
        ? [...(asks ? [incidentInput(ask.texts.modal.incident, open)] : []), ...inputs]
        : [section(why)],
    ...(why === null && { submit: plain(form.submit(ask.texts), 24) }),
  };
  await ask.deps.call('views.update', { view_id: parts.view, view });
}

const frame = (form: Form, texts: Messages) => ({
  type: 'modal' as const,
  callback_id: formCallback,
  title: plain(form.title(texts), 24),
  close: plain(texts.modal.cancel, 24),
});
