import { type Core, refuse } from '../core.ts';
import type { Channel, Json, Message } from '../world.ts';
import type { Args } from './registry.ts';

/** A text argument; absent and empty are the same. */
export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? invalid(name, 'string') : String(value);
}

/** A yes-or-no argument in any of Slack's spellings. */
export function flag(args: Args, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

/** A number argument, or the default. */
export function number(args: Args, name: string, otherwise: number): number {
  const value = args[name] === undefined || args[name] === '' ? otherwise : Number(args[name]);
  return Number.isFinite(value) ? value : invalid(name, 'number');
}

/** A comma-separated list, or a JSON array. */
export function list(args: Args, name: string): string[] {
  const value = args[name];
  if (Array.isArray(value)) return value.map(String);
  return (text(args, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** A nested argument: JSON in a form field, or an object in a JSON body. Undefined when absent; `error` when broken. */
export function json(args: Args, name: string, error: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return refuse(error);
  }
}

/** A nested object argument. */
export function object(args: Args, name: string, error: string): Json | undefined {
  const value = json(args, name, error);
  if (value === undefined) return undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : refuse(error);
}

/** The conversation an argument names, as far as the app may see it. */
export function channelArg(core: Core, args: Args, name = 'channel'): Channel {
  const channel = core.world.channels.get(text(args, name) ?? '');
  const hidden = channel && channel.kind !== 'public' && !channel.members.includes(core.app.botUser);
  return channel && !hidden ? channel : refuse('channel_not_found');
}

/** Refuses unless the app is a member. */
export function mustBeIn(core: Core, channel: Channel, error = 'not_in_channel'): void {
  if (!channel.members.includes(core.app.botUser)) refuse(error);
}

/** Refuses when the channel is archived. */
export function mustBeOpen(channel: Channel, error = 'is_archived'): void {
  if (channel.archived) refuse(error);
}

/** The message an argument names; ephemeral messages can't be reached by the Web API. */
export function messageArg(channel: Channel, args: Args, name: string): Message {
  const ts = text(args, name) ?? '';
  return channel.messages.find((message) => message.ts === ts) ?? refuse('message_not_found');
}

/** A page of a list: Slack's cursor and limit. */
export function page<T>(
  items: T[],
  args: Args,
  maxLimit = 1000,
): { items: T[]; response_metadata: Json; more: boolean } {
  const limit = Math.min(maxLimit, Math.max(1, number(args, 'limit', 100)));
  const cursor = text(args, 'cursor');
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('at:', '')) : 0;
  if (!Number.isInteger(start)) refuse('invalid_cursor');
  const more = start + limit < items.length;
  const next_cursor = more ? Buffer.from(`at:${start + limit}`).toString('base64') : '';
  return { items: items.slice(start, start + limit), response_metadata: { next_cursor }, more };
}

function invalid(name: string, expected: string): never {
  return refuse('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] must be a ${expected} [json-pointer:/${name}]`] },
  });
}
