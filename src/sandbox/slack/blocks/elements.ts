import { z } from 'zod';
import {
  anyText,
  confirm,
  id,
  option,
  optionGroup,
  overflowOption,
  plain,
  richOption,
  string,
  url,
} from './objects.ts';

const common = {
  action_id: id.optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const placeholder = plain(150).optional();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-01-31');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:30');
const filter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});

/** A button; its value reaches the app unchanged. */
export const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id.optional(),
  url: url.optional(),
  value: string(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: string(75).optional(),
});

/** A picture beside text. */
export const image = z
  .strictObject({
    type: z.literal('image'),
    image_url: url.optional(),
    slack_file: z.looseObject({}).optional(),
    alt_text: string(2000),
  })
  .refine(
    (it) => (it.image_url === undefined) !== (it.slack_file === undefined),
    'must have image_url or slack_file',
  );

const choices = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const oneSource = (it: { options?: unknown; option_groups?: unknown }) =>
  (it.options === undefined) !== (it.option_groups === undefined);

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...common,
    ...choices,
    placeholder,
    initial_option: option.optional(),
  })
  .refine(oneSource, 'must have options or option_groups, not both');
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...common,
    ...choices,
    placeholder,
    initial_options: z.array(option).min(1).max(100).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(oneSource, 'must have options or option_groups, not both');

const external = { ...common, placeholder, min_query_length: z.int().min(0).optional() };
const conversations = {
  ...common,
  placeholder,
  default_to_current_conversation: z.boolean().optional(),
  filter: filter.optional(),
};
const response_url_enabled = z.boolean().optional();
const max_selected_items = z.int().min(1).optional();

/** Menus, by type. */
export const selects = [
  staticSelect,
  z.strictObject({ type: z.literal('external_select'), ...external, initial_option: option.optional() }),
  z.strictObject({
    type: z.literal('users_select'),
    ...common,
    placeholder,
    initial_user: string(20).optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...conversations,
    initial_conversation: string(20).optional(),
    response_url_enabled,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...common,
    placeholder,
    initial_channel: string(20).optional(),
    response_url_enabled,
  }),
  multiStaticSelect,
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...common,
    placeholder,
    initial_users: z.array(string(20)).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...conversations,
    initial_conversations: z.array(string(20)).optional(),
    max_selected_items,
  }),
] as const;

/** Pickers and boxes, by type. */
export const pickers = [
  z.strictObject({ type: z.literal('datepicker'), ...common, placeholder, initial_date: date.optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...common,
    placeholder,
    initial_time: time.optional(),
    timezone: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('datetimepicker'), ...common, initial_date_time: z.int().optional() }),
  z.strictObject({
    type: z.literal('checkboxes'),
    ...common,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).max(10).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  }),
] as const;

/** The small menu behind three dots. */
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id.optional(),
  confirm: confirm.optional(),
  options: z.array(overflowOption).min(1).max(5),
});

const dispatch = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
});
const typed = {
  action_id: id.optional(),
  placeholder,
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: dispatch.optional(),
};

/** Fields that are typed into; they stand in input blocks only. */
export const fields = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
] as const;

/** What may stand in an `actions` block. */
export const inActions = z.discriminatedUnion('type', [button, overflow, ...selects, ...pickers]);

/** What may stand beside the text of a `section`. */
export const inSection = z.discriminatedUnion('type', [button, overflow, image, ...selects, ...pickers]);

/** What may stand in an `input` block. */
export const inInput = z.discriminatedUnion('type', [...selects, ...pickers, ...fields]);

/** What may stand in a `context` block. */
export const inContext = z.union([image, anyText(2000)]);
