import { type Core, refuse } from '../core.ts';
import { addMessage } from '../posts.ts';
import { type Channel, type Json, newId, type SlackFile } from '../world.ts';
import { json, number, text } from './args.ts';
import type { Method } from './registry.ts';

const maxAltText = 1000;

/**
 * The family `files.*`: the upload in three parts. A file that no channel is named for belongs to the app alone; people see it
 * in the messages whose blocks show it. Sharing by `channel_id` is left out: nothing of ours does it.
 */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': (core, args) => {
    const length = number(args, 'length', 0);
    if (length <= 0) refuse('missing_argument');
    const altText = text(args, 'alt_txt') ?? '';
    if (altText.length > maxAltText) refuse('alt_txt_too_large');
    const file: SlackFile = {
      id: newId(core.world, 'F'),
      name: text(args, 'filename') ?? '',
      title: '',
      altText,
      length,
      data: undefined,
      completed: false,
    };
    core.world.files.set(file.id, file);
    return { upload_url: `${core.baseUrl()}/upload/v1/${file.id}`, file_id: file.id };
  },
  'files.info': (core, args) => {
    const file = core.world.files.get(text(args, 'file') ?? '');
    if (!file?.completed) return refuse('file_not_found');
    const { id, name, title, length: size } = file;
    const address = `${core.baseUrl()}/files-pri/${id}`;
    return {
      file: {
        id,
        name,
        title,
        size,
        is_external: false,
        url_private: address,
        url_private_download: address,
      },
    };
  },
  'files.completeUploadExternal': (core, args) => {
    if (text(args, 'channel_id') ?? text(args, 'channels')) refuse('invalid_channel');
    const asked = json(args, 'files', 'invalid_arguments');
    const files = (Array.isArray(asked) ? (asked as Json[]) : []).map(({ id, title }) => {
      const file = core.world.files.get(String(id));
      if (file?.data === undefined) return refuse('file_not_found');
      file.completed = true;
      file.title = typeof title === 'string' ? title : file.name;
      return { id: file.id, title: file.title };
    });
    if (files.length === 0) refuse('file_not_found');
    core.changed();
    return { files };
  },
};

/** Takes the bytes of an upload; once, and only as many as were announced. Answers with the HTTP status. */
export function takeUpload(core: Core, id: string, data: Buffer): number {
  const file = core.world.files.get(id);
  if (!file || file.data !== undefined) return 404;
  if (data.length !== file.length) return 400;
  file.data = data;
  return 200;
}

/** Ends the call unless every picture in the blocks that is a file of Slack's is one whose upload is complete. */
export function mustHaveFiles(core: Core, blocks: Json[]): void {
  const errors = blocks.flatMap((block, index) => {
    const named = block.type === 'image' ? (block.slack_file as Json | undefined) : undefined;
    if (named === undefined || core.world.files.get(String(named.id))?.completed) return [];
    return [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`];
  });
  if (errors.length > 0) {
    const messages = errors.map((error) => `[ERROR] ${error}`);
    refuse('invalid_blocks', { errors, response_metadata: { messages } });
  }
}

/** A person posts a file in a channel; the app hears of it if it may. */
export function postFile(
  core: Core,
  channel: Channel,
  user: string,
  name: string,
  content: string,
): SlackFile {
  const data = Buffer.from(content);
  const file: SlackFile = {
    id: newId(core.world, 'F'),
    name,
    title: name,
    altText: '',
    length: data.length,
    data,
    completed: true,
  };
  core.world.files.set(file.id, file);
  const message = addMessage(core, channel, { user, text: `📄 ${name}`, subtype: 'file_share' });
  core.events.send(
    {
      type: 'file_shared',
      file_id: file.id,
      file: { id: file.id },
      user_id: user,
      channel_id: channel.id,
      event_ts: message.ts,
    },
    channel,
  );
  return file;
}
