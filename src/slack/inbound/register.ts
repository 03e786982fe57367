import type { App } from '@slack/bolt';
import { z } from 'zod';
import { readCommandLine } from './command-line.ts';
import type { Desk } from './desk.ts';
import { formCallback } from './forms.ts';
import { readMessage } from './message-note.ts';
import { onClick } from './on-click.ts';
import { onFile } from './on-file.ts';
import { noteReaction, noteShortcut, onPin, onShortcut } from './on-message.ts';
import { runVerb } from './run-verb.ts';
import { readSubmission } from './submit-form.ts';

const SlashCommand = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});
const Click = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ message_ts: z.string().optional() }).optional(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  actions: z
    .array(
      z.object({ action_id: z.string(), value: z.string().optional(), action_ts: z.string().default('') }),
    )
    .min(1),
});
const Submitted = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().optional(),
  view: z.object({
    id: z.string(),
    hash: z.string().default(''),
    private_metadata: z.string(),
    state: z.object({ values: z.unknown() }),
  }),
});
const Shortcut = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  message: z.unknown(),
});
const Reaction = z.object({
  event_id: z.string(),
  event: z.object({
    user: z.string(),
    reaction: z.string(),
    item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  }),
});

const Shared = z.object({
  event_id: z.string(),
  event: z.object({ file_id: z.string(), user_id: z.string(), channel_id: z.string() }),
});

/**
 * Hangs every handler onto a bolt app, the same for HTTP and Socket Mode. Each acknowledges first, then works once per
 * request, and answers the person; a payload that is not understood is acknowledged and dropped.
 */
export function register(app: App, desk: Desk): void {
  app.command(/.*/, async ({ ack, body }) => {
    await ack();
    const asked = SlashCommand.safeParse(body).data;
    if (!asked) return;
    const to = { user: asked.user_id, channel: asked.channel_id, responseUrl: asked.response_url };
    const line = readCommandLine(asked.text);
    await desk.once(asked.trigger_id, to, () => runVerb(desk, { ...line, to, trigger: asked.trigger_id }));
  });

  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    const asked = Click.safeParse(body).data;
    const action = asked?.actions[0];
    if (!asked || !action) return;
    const { user, channel, container, trigger_id: trigger = null, response_url: responseUrl = null } = asked;
    const to = { user: user.id, channel: channel?.id ?? null, responseUrl };
    const id = trigger ?? `${user.id}:${container?.message_ts ?? ''}:${action.action_id}:${action.action_ts}`;
    await desk.once(id, to, () =>
      onClick(desk, { action: action.action_id, value: action.value, to, trigger }),
    );
  });

  app.view(formCallback, async ({ ack, body }) => {
    const asked = Submitted.safeParse(body).data;
    const submission = asked ? readSubmission(desk, asked.user.id, asked.view) : null;
    if (!asked || !submission) return ack();
    if ('errors' in submission) return ack({ response_action: 'errors', errors: submission.errors });
    await ack();
    const id = asked.trigger_id ?? `${asked.view.id}:${asked.view.hash}`;
    await desk.once(id, submission.to, submission.work);
  });

  app.shortcut(noteShortcut, async ({ ack, body }) => {
    await ack();
    const asked = Shortcut.safeParse(body).data;
    const message = readMessage(asked?.message);
    if (!asked || !message) return;
    const { user, channel, trigger_id: trigger, response_url: responseUrl = null } = asked;
    const to = { user: user.id, channel: channel.id, responseUrl };
    await desk.once(trigger, to, () => onShortcut(desk, { message, channel: channel.id, to, trigger }));
  });

  app.event('reaction_added', async ({ body }) => {
    const asked = Reaction.safeParse(body).data;
    if (asked?.event.reaction !== noteReaction) return;
    const { user, item } = asked.event;
    const to = { user, channel: item.channel, responseUrl: null };
    await desk.once(asked.event_id, to, () => onPin(desk, item.channel, item.ts, to));
  });

  app.event('file_shared', async ({ body }) => {
    const asked = Shared.safeParse(body).data;
    if (!asked) return;
    const { file_id: file, user_id: user, channel_id: channel } = asked.event;
    const to = { user, channel, responseUrl: null };
    await desk.once(asked.event_id, to, () => onFile(desk, file, to));
  });
}
