import type { Core } from '../core.ts';
import type { Json } from '../world.ts';
import { appMethods } from './apps.ts';
import { bookmarkMethods } from './bookmarks.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { memberMethods } from './members.ts';
import { pinMethods } from './pins.ts';
import { reactionMethods } from './reactions.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Arguments of a call: form fields as text, or the members of a JSON body. */
export type Args = { [name: string]: unknown };

/** A Web API method: returns the answer beside `ok: true`, or ends with `refuse`. */
export type Method = (core: Core, args: Args) => Json;

/** Every Web API method of the sandbox, by name. */
export const methods: Record<string, Method> = {
  ...appMethods,
  ...bookmarkMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...memberMethods,
  ...pinMethods,
  ...reactionMethods,
  ...userMethods,
  ...viewMethods,
};
