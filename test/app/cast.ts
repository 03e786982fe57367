import type { Channel } from '../../src/sandbox/slack/world.ts';

/** The people of the tests: personas with an account at each look-alike. */
export const cast = {
  minji: { name: '김민지', slack: 'U0MINJI', login: 'minji' },
  jun: { name: 'Jun Park', slack: 'U0JUN', login: 'jun' },
  hana: { name: 'Hana Lee', slack: 'U0HANA', login: 'hana' },
  sora: { name: 'Sora Choi', slack: 'U0SORA', login: 'sora' },
} as const;

/** One of them. */
export type Persona = keyof typeof cast;

/** All of them. */
export const personas = Object.keys(cast) as Persona[];

const inside = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(inside);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return [record, ...Object.values(record).flatMap(inside)];
};

/** A button in a conversation, as somebody who reads it could press it. */
export type Button = { channel: string; ts: string; value: string | undefined };

/** The button of this action in the newest message that has one, also where only that person sees the message. */
export function findButton(channel: Channel, action: string, who: Persona): Button | undefined {
  const mine = channel.ephemerals.filter(({ onlyFor }) => onlyFor === cast[who].slack);
  for (const { ts, blocks } of [...channel.messages, ...mine].toReversed()) {
    const button = inside(blocks).find((one) => one.action_id === action && one.type === 'button');
    if (button) return { channel: channel.id, ts, value: button.value as string | undefined };
  }
  return undefined;
}
