import type { Incident, Live } from '../incident/state.ts';
import type { SandboxGithub } from '../sandbox/github/sandbox-github.ts';
import type { Offer, Said } from '../sandbox/page/stories.ts';
import type { SlackSandbox } from '../sandbox/slack/sandbox.ts';
import type { Channel } from '../sandbox/slack/world.ts';
import { cast, type Persona } from './cast.ts';
import { until } from './child.ts';
import type { OrderWriter } from './order-writer.ts';
import type { RedisSet } from './sentinel-host.ts';

/** The visitor of the page, who may act instead of the people of the story. */
export type Visitor = {
  offer: (offer: Offer | null) => void;
  /** What they said to the offer that stands; null when nothing yet. */
  answer: () => 'take' | 'leave' | null;
  /** Shows where the story plays. */
  watch: (channel: { id: string; name: string }) => void;
};

/** How long people take, in milliseconds: to think, and to leave the visitor time to take an offer. */
export type Pace = { thinking: number; offering: number };

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
  /** True while no alert fires where it is measured. */
  quiet: () => Promise<boolean>;
  /** Tells what happens. */
  say: (line: Said) => void;
  /** Null when the story plays unattended, at full speed. */
  visitor: Visitor | null;
  pace: Pace;
};

const elements = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return [record, ...Object.values(record).flatMap(elements)];
};

/** A message that shows a button, and that button's value. */
export type Button = { channel: string; ts: string; value: string | undefined };

/** The newest message of a conversation that shows the button `action`, if any; `carries` is a part of its value. */
export function findButton(channel: Channel, action: string, carries = ''): Button | undefined {
  for (const message of channel.messages.toReversed()) {
    const button = elements(message.blocks).find(
      (one) => one.action_id === action && one.type === 'button' && String(one.value ?? '').includes(carries),
    );
    if (button) return { channel: channel.id, ts: message.ts, value: button.value as string | undefined };
  }
  return undefined;
}

/** The channel of an incident, once it exists. */
export const channelOf = (scene: Scene, id: number): Channel | undefined =>
  [...scene.slack.world.channels.values()].find(({ name }) => name.startsWith(`inc-${id}-`));

/** The conversation of a person with the app, where pages arrive. */
export const pagesOf = (scene: Scene, who: Persona): Channel => scene.slack.as(cast[who].slack).dm();

/** True when somebody, perhaps the visitor, has closed the incident. */
export const isResolved = (state: Live): boolean => state.status.is === 'resolved';

/** Waits until an incident is as wanted; `what` is what the visitor would be told that is missing. */
export async function untilIncident(
  scene: Scene,
  id: number,
  what: string,
  is: (state: Live) => boolean,
  ms = 60_000,
): Promise<Live> {
  let found: Incident | null = null;
  await until(what, ms, async () => {
    found = await scene.read(id);
    return found !== null && is(found.state);
  });
  return (found as unknown as Incident).state;
}

/** Waits for the incident that an alert opens; one that the visitor declares meanwhile is another. */
export async function untilAlerted(scene: Scene, before: number): Promise<number> {
  let id = 0;
  await until('the alert', 60_000, async () => {
    for (let one = await scene.newest(); one > before; one--) {
      if ((await scene.read(one))?.state.source === 'alertmanager') id = one;
    }
    return id > 0;
  });
  return id;
}
