import { z } from 'zod';
import { image, inActions, inContext, inInput, inSection } from './elements.ts';
import { anyText, id, plain, string, url } from './objects.ts';
import { richText } from './rich-text.ts';

const block_id = id.optional();

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: inSection.optional(),
    expand: z.boolean().optional(),
  })
  .refine((it) => it.text !== undefined || it.fields !== undefined, 'must have text or fields');

const header = z.strictObject({
  type: z.literal('header'),
  block_id,
  text: plain(150),
  level: z.int().min(1).max(4).optional(),
});
const divider = z.strictObject({ type: z.literal('divider'), block_id });
const context = z.strictObject({
  type: z.literal('context'),
  block_id,
  elements: z.array(inContext).min(1).max(10),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id,
  elements: z.array(inActions).min(1).max(25),
});
const imageBlock = z
  .strictObject({ ...image.shape, block_id, title: plain(2000).optional() })
  .refine(
    (it) => (it.image_url === undefined) !== (it.slack_file === undefined),
    'must have image_url or slack_file',
  );
const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inInput,
});
const video = z.strictObject({
  type: z.literal('video'),
  block_id,
  alt_text: string(2000),
  title: plain(200),
  title_url: url.optional(),
  thumbnail_url: url,
  video_url: url,
  author_name: string(50).optional(),
  description: plain(200).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: url.optional(),
});
const markdown = z.strictObject({ type: z.literal('markdown'), block_id, text: string(12_000) });
const cell = z.union([z.strictObject({ type: z.literal('raw_text'), text: z.string() }), richText]);
const table = z.strictObject({
  type: z.literal('table'),
  block_id,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id,
  text: anyText(200),
  level: z.enum(['default', 'info', 'success', 'warning', 'error']).optional(),
});

const everywhere = [section, header, divider, context, actions, imageBlock, input, video, richText] as const;

/** Which blocks may stand where: tables and Markdown in messages only, alerts in modals only. */
export const blockOn = {
  message: z.discriminatedUnion('type', [...everywhere, markdown, table]),
  modal: z.discriminatedUnion('type', [...everywhere, alert]),
  home: z.discriminatedUnion('type', [...everywhere]),
} as const;

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

/** The frame of a view; its blocks are checked apart, with `blockOn`. */
export const viewFrame = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...common,
  }),
  z.strictObject({ type: z.literal('home'), ...common }),
]);
