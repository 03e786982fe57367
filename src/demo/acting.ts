import type { Live } from '../incident/state.ts';
import type { Offer } from '../sandbox/page/stories.ts';
import type { Channel } from '../sandbox/slack/world.ts';
import type { ActionName } from '../slack/actions.ts';
import { cast, type Persona } from './cast.ts';
import { until } from './child.ts';
import { findButton, type Scene } from './scene.ts';

/** A visitor who took an offer gets this long before the people of the story go on without them. */
const visitorMs = 120_000;

/** Something a person of the story does by a button, unless the visitor does it first. */
export type Deed = {
  who: Persona;
  where: () => Channel | undefined;
  action: ActionName;
  /** A part of the button's value, where several buttons have the same action. */
  carries?: string;
  /** True once it has its effect, whoever pressed the button. */
  done: (state: Live) => boolean;
  /** What the visitor reads who might do it instead; absent where that is not offered. */
  offer?: Pick<Offer, 'says' | 'go'>;
};

/** Does a deed, or sees it done: what counts is the effect, and an incident that somebody has resolved asks for none. */
export async function act(scene: Scene, id: number, deed: Deed): Promise<void> {
  const { who, where, action, carries, done, offer } = deed;
  const find = () => {
    const channel = where();
    return channel && findButton(channel, action, carries);
  };
  const isDone = async (): Promise<boolean> => {
    const state = (await scene.read(id))?.state;
    return !!state && (done(state) || state.status.is === 'resolved');
  };
  await until(`the button ${action}`, 60_000, async () => find() !== undefined || (await isDone()));
  const button = find();
  if (button === undefined) return;
  const place = { as: cast[who].slack, at: { channel: button.channel } };
  if (await giveWay(scene, offer ? { ...offer, ...place } : null, isDone)) return;
  const { slack } = scene;
  const value = button.value === undefined ? {} : { value: button.value };
  // The visitor may have pressed it in this very moment: then the button is gone, and the effect is there.
  await slack
    .as(cast[who].slack)
    .click(button.channel, button.ts, action, value)
    .catch(async (error) => {
      if (!(await isDone())) throw error;
    });
  await until(`what ${action} does`, 30_000, isDone);
}

/** Leaves the visitor time to act; true when it is done. Without a visitor it only looks. */
export async function giveWay(
  { visitor, pace }: Scene,
  offer: Offer | null,
  isDone: () => Promise<boolean> | boolean,
): Promise<boolean> {
  if (visitor === null) return isDone();
  visitor.offer(offer);
  try {
    const begin = Date.now();
    while (!(await isDone())) {
      const answer = visitor.answer();
      const patience = answer === 'take' ? visitorMs : offer === null ? pace.thinking : pace.offering;
      if (answer === 'leave' || Date.now() - begin > patience) return false;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    return true;
  } finally {
    visitor.offer(null);
  }
}
