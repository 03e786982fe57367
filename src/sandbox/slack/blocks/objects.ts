import { z } from 'zod';

/** A string of 1 to `max` characters, counted as Slack counts: UTF-16 code units. */
export const string = (max: number, min = 1) => z.string().min(min).max(max);

/** A plain-text object of at most `max` characters. */
export const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: string(max), emoji: z.boolean().optional() });

/** A mrkdwn object of at most `max` characters. */
export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: string(max), verbatim: z.boolean().optional() });

/** Either kind of text object. */
export const anyText = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

/** An id chosen by the app: block_id, action_id, callback_id. */
export const id = string(255);

/** A link that a button or option may open. */
export const url = string(3000).refine((link) => URL.canParse(link), 'must be a valid URL');

/** The confirmation dialog of an interactive element. */
export const confirm = z.strictObject({
  title: plain(100),
  text: anyText(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** One choice of a menu: plain text, as in every select. */
export const option = z.strictObject({
  text: plain(75),
  value: string(150),
  description: plain(75).optional(),
});

/** One choice of check boxes or radio buttons, which may be formatted. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: string(150),
  description: anyText(75).optional(),
});

/** One choice of an overflow menu, which may be a link. */
export const overflowOption = option.extend({ url: url.optional() });

/** Choices under a heading. */
export const optionGroup = z.strictObject({ label: plain(75), options: z.array(option).min(1).max(100) });
