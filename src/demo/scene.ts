import type { Incident } from '../incident/state.ts';
import type { SandboxGithub } from '../sandbox/github/sandbox-github.ts';
import type { SlackSandbox } from '../sandbox/slack/sandbox.ts';
import type { Channel, Message } from '../sandbox/slack/world.ts';
import { cast, type Persona } from './cast.ts';
import { until } from './child.ts';
import type { OrderWriter } from './order-writer.ts';
import type { RedisSet } from './sentinel-host.ts';

/** Everything a story can see and touch. Its people act in the look-alikes; nothing here reaches into Muster to change it. */
export type Scene = {
  slack: SlackSandbox;
  github: SandboxGithub;
  redis: RedisSet;
  writer: OrderWriter;
  /** Reads an incident, for facts; null while there is none. */
  read: (id: number) => Promise<Incident | null>;
  /** The newest incident's number; 0 before the first. */
  newest: () => Promise<number>;
  /** Tells the visitor what happens. */
  say: (line: string) => void;
  /** How long a person takes to act, in milliseconds; 0 when played at full speed. */
  paceMs: number;
};

/** Lets a person think, where the story is watched. */
export const pause = (scene: Scene): Promise<void> => new Promise((wake) => setTimeout(wake, scene.paceMs));

const elements = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return [record, ...Object.values(record).flatMap(elements)];
};

/** A message that shows a button, and that button's value. */
export type Button = { channel: string; ts: string; value: string | undefined };

/** The newest message of a conversation that shows the button `action`, if any. */
export function findButton(channel: Channel, action: string): Button | undefined {
  for (const message of channel.messages.toReversed()) {
    const button = elements(message.blocks).find((one) => one.action_id === action && one.type === 'button');
    if (button) return { channel: channel.id, ts: message.ts, value: button.value as string | undefined };
  }
  return undefined;
}

/** Waits until a button is shown in a conversation, and clicks it as a person. */
export async function click(
  scene: Scene,
  who: Persona,
  where: () => Channel | undefined,
  action: string,
): Promise<void> {
  const { slack } = scene;
  const button = await slack.until(
    `the button ${action}`,
    () => {
      const channel = where();
      return channel && findButton(channel, action);
    },
    60_000,
  );
  await pause(scene);
  const actor = slack.as(cast[who].slack);
  await actor.click(
    button.channel,
    button.ts,
    action,
    button.value === undefined ? {} : { value: button.value },
  );
}

/** The channel of an incident, once it exists. */
export const channelOf = (scene: Scene, id: number): Channel | undefined =>
  [...scene.slack.world.channels.values()].find(({ name }) => name.startsWith(`inc-${id}-`));

/** The conversation of a person with the app, where pages arrive. */
export const pagesOf = (scene: Scene, who: Persona): Channel => scene.slack.as(cast[who].slack).dm();

/** Messages that people see in a channel, oldest first. */
export const messagesIn = (channel: Channel): Message[] => channel.messages;

/** Waits until the incident is as wanted; `what` is what the visitor would be told that is missing. */
export async function untilIncident(
  scene: Scene,
  id: number,
  what: string,
  is: (incident: Incident) => boolean,
  ms = 60_000,
): Promise<Incident> {
  let found: Incident | null = null;
  await until(what, ms, async () => {
    found = await scene.read(id);
    return found !== null && is(found);
  });
  return found as unknown as Incident;
}
