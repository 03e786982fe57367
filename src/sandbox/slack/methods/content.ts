import { blocksTooLong, checkBlocks } from '../blocks/check.ts';
import { refuse } from '../core.ts';
import type { Json, Metadata } from '../world.ts';
import { flag, json, object, text } from './args.ts';
import type { Args } from './registry.ts';

/** What a message says, checked: its text, blocks and attachments. */
export type Content = { text: string; blocks: Json[]; attachments: Json[]; linkNames: boolean };

const maxAttachments = 100;
const maxMarkdown = 12_000;
/** Slack publishes no size limit for metadata; this is what its event payloads are commonly kept under. */
const maxMetadata = 16_000;

/** Reads and checks text, blocks and attachments of a call; ends with the documented error when they can't be shown. */
export function content(args: Args, surface: 'message'): Content {
  const markdown = text(args, 'markdown_text');
  const blocks = arrayOf(json(args, 'blocks', 'invalid_blocks_format'), 'invalid_blocks_format');
  const attachments = arrayOf(json(args, 'attachments', 'invalid_attachments'), 'invalid_attachments');
  if (markdown !== undefined && (text(args, 'text') !== undefined || blocks.length > 0))
    refuse('markdown_text_conflict');
  if ((markdown ?? '').length > maxMarkdown) refuse('msg_blocks_too_long');
  if (attachments.length > maxAttachments) refuse('too_many_attachments');
  const words = text(args, 'text') ?? '';
  if (!words && !markdown && blocks.length === 0 && attachments.length === 0) refuse('no_text');
  const nested = attachments.flatMap((attachment) => arrayOf(attachment.blocks, 'invalid_blocks_format'));
  for (const problems of [checkBlocks(blocks, surface), checkBlocks(nested, surface, '/attachments/blocks')])
    if (problems.length > 0)
      refuse('invalid_blocks', { errors: problems, response_metadata: { messages: problems } });
  if (blocksTooLong(blocks)) refuse('msg_blocks_too_long');
  return {
    text: words || (markdown ?? ''),
    blocks: markdown === undefined ? blocks : [{ type: 'markdown', text: markdown }],
    attachments,
    linkNames: flag(args, 'link_names') || text(args, 'parse') === 'full',
  };
}

/** Message metadata of a call: undefined where none was given, null where `{}` removes it. */
export function metadataArg(args: Args): Metadata | null | undefined {
  const metadata = object(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (Object.keys(metadata).length === 0) return null;
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || !event_type) refuse('invalid_metadata_schema');
  if (typeof event_payload !== 'object' || event_payload === null) refuse('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > maxMetadata) refuse('metadata_too_large');
  return { event_type: event_type as string, event_payload: event_payload as Json };
}

function arrayOf(value: unknown, error: string): Json[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null)) refuse(error);
  return value as Json[];
}
