import type { z } from 'zod';
import type { Json } from '../world.ts';
import { blockOn, viewFrame } from './layout.ts';

/** A place where blocks are shown; each has rules of its own. */
export type Surface = keyof typeof blockOn;

const maxBlocks = { message: 50, modal: 100, home: 100 } as const;
/** slackapi/bolt-js#2509: `msg_blocks_too_long` comes at about this many characters over all blocks. */
const maxSerialized = 13_200;
const maxMarkdown = 12_000;
const maxTable = 10_000;
const maxViewBytes = 250_000;

/** What is wrong with blocks, in the words of `response_metadata.messages`; empty when Slack would show them. */
export function checkBlocks(blocks: unknown[], surface: Surface, at = '/blocks'): string[] {
  const problems: string[] = [];
  if (blocks.length > maxBlocks[surface])
    problems.push(say(`no more than ${maxBlocks[surface]} items allowed`, at));
  blocks.forEach((block, index) => {
    const parsed = blockOn[surface].safeParse(block);
    if (!parsed.success) problems.push(...describe(parsed.error.issues, `${at}/${index}`));
  });
  if (problems.length > 0) return problems;
  const known = blocks as Json[];
  return [...uniqueIds(known, at), ...initialOptions(known, at), ...sizes(known, at)];
}

/** True when the blocks are too much text for one message, which Slack answers with `msg_blocks_too_long`. */
export function blocksTooLong(blocks: unknown[]): boolean {
  return JSON.stringify(blocks).length > maxSerialized;
}

/** True when a view is over 250 kB, which Slack answers with `view_too_large`. */
export function viewTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > maxViewBytes;
}

/** What is wrong with a view: its frame, its blocks, and a modal with inputs but no submit button. */
export function checkView(view: Json): string[] {
  const frame = viewFrame.safeParse(view);
  if (!frame.success) return describe(frame.error.issues, '/view');
  const surface = frame.data.type;
  const problems = checkBlocks(frame.data.blocks, surface, '/view/blocks');
  const hasInput = frame.data.blocks.some((block) => (block as Json).type === 'input');
  if (frame.data.type === 'modal' && hasInput && !frame.data.submit)
    problems.push(say('submit is required when an input block is within blocks array', '/view'));
  return problems;
}

function describe(issues: z.core.$ZodIssue[], at: string): string[] {
  return issues.flatMap((issue) => {
    const pointer = `${at}${issue.path.map((part) => `/${String(part)}`).join('')}`;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => say(`invalid additional property: ${key}`, pointer));
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.reduce((a, b) => (b.length < a.length ? b : a));
      return describe(best, pointer);
    }
    return [say(reason(issue), pointer)];
  });
}

function reason(issue: z.core.$ZodIssue): string {
  const isText = 'origin' in issue && issue.origin === 'string';
  switch (issue.code) {
    case 'too_big':
      return isText
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} items allowed`;
    case 'too_small':
      return isText
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `no fewer than ${issue.minimum} items allowed`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'missing required field'
        : `must be a ${issue.expected}`;
    case 'invalid_union':
      return 'unsupported type';
    default:
      return issue.message;
  }
}

function say(reasonText: string, pointer: string): string {
  return `[ERROR] ${reasonText} [json-pointer:${pointer}]`;
}

/** The interactive elements of a block, wherever they stand. */
export function elementsOf(block: Json): Json[] {
  if (block.type === 'actions') return block.elements as Json[];
  if (block.type === 'input') return [block.element as Json];
  const accessory = block.accessory as Json | undefined;
  return block.type === 'section' && accessory && accessory.type !== 'image' ? [accessory] : [];
}

function uniqueIds(blocks: Json[], at: string): string[] {
  const problems: string[] = [];
  const seen = new Set<unknown>();
  blocks.forEach((block, index) => {
    if (block.block_id !== undefined && seen.has(block.block_id))
      problems.push(say(`block_id \`${block.block_id}\` already exists`, `${at}/${index}/block_id`));
    seen.add(block.block_id);
    const actions = elementsOf(block).map((element) => element.action_id);
    const twice = actions.find((action, n) => action !== undefined && actions.indexOf(action) !== n);
    if (twice !== undefined)
      problems.push(say(`action_id \`${twice}\` already exists`, `${at}/${index}/elements`));
  });
  return problems;
}

function initialOptions(blocks: Json[], at: string): string[] {
  return blocks.flatMap((block, index) =>
    elementsOf(block).flatMap((element) => {
      const groups = (element.option_groups ?? []) as { options: Json[] }[];
      const options = [...((element.options ?? []) as Json[]), ...groups.flatMap((group) => group.options)];
      const initial = [element.initial_option, ...((element.initial_options as Json[]) ?? [])].filter(
        Boolean,
      );
      const known = new Set(options.map((option) => JSON.stringify(sorted(option))));
      if (options.length === 0 || initial.every((option) => known.has(JSON.stringify(sorted(option)))))
        return [];
      return [say('initial option must match one of the options', `${at}/${index}`)];
    }),
  );
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function sizes(blocks: Json[], at: string): string[] {
  const problems: string[] = [];
  const markdown = blocks.filter((block) => block.type === 'markdown').map((block) => String(block.text));
  if (markdown.join('').length > maxMarkdown)
    problems.push(say(`markdown blocks must be less than ${maxMarkdown + 1} characters in total`, at));
  const tables = blocks.filter((block) => block.type === 'table');
  if (tables.length > 1) problems.push(say('only one table is allowed', at));
  if (tables.some((table) => JSON.stringify(table.rows).length > maxTable))
    problems.push(say(`table must be less than ${maxTable + 1} characters`, at));
  return problems;
}
