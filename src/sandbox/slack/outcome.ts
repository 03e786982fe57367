import type { Delivery } from './journal.ts';
import type { Json, Message, View } from './world.ts';

/** What came of something a person did. What the app does later shows in the world: wait for it with `until`. */
export type Outcome = {
  /** The request to the app and its answer; undefined where Slack did not have to ask the app. */
  delivery: Delivery | undefined;
  /** What Slack tells the person when the app did not answer properly. */
  notice: string | undefined;
  /** The message that the app's answer itself made. */
  reply: Message | undefined;
  /** The modal on top of this person's workspace now. */
  modal: View | undefined;
  /** Errors beside the inputs of that modal, by block id. */
  errors: Record<string, string>;
  /** The address that a button with a link opened. */
  opened: string | undefined;
};

/** Sends one request to the app. */
export type Deliver = (kind: 'command' | 'interactive', type: string, payload: Json) => Promise<Delivery>;

/** Where an element is: its id, and its block where the id alone is not unique; for buttons also their value. */
export type At = { block?: string | undefined; value?: string | undefined };
