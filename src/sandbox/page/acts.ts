import { z } from 'zod';
import type { Actor } from '../slack/actor.ts';
import type { Outcome } from '../slack/outcome.ts';
import type { SlackSandbox } from '../slack/sandbox.ts';
import type { World } from '../slack/world.ts';

const entered = z.union([z.string(), z.array(z.string())]);
const onMessage = { channel: z.string(), ts: z.string() };
const at = { action: z.string(), block: z.string(), value: z.string().optional() };

/** What the page may ask for on behalf of the person it shows; each becomes a signed request to the app or a plain act. */
export const Act = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    channel: z.string(),
    text: z.string().min(1).max(4000),
    thread: z.string().optional(),
  }),
  z.object({ do: z.literal('click'), ...onMessage, ...at }),
  z.object({ do: z.literal('choose'), ...onMessage, action: z.string(), block: z.string(), value: entered }),
  z.object({ do: z.literal('react'), ...onMessage, value: z.string() }),
  z.object({ do: z.literal('unreact'), ...onMessage, value: z.string() }),
  z.object({ do: z.literal('shortcut'), ...onMessage, value: z.string() }),
  z.object({ do: z.literal('submit'), view: z.string(), values: z.record(z.string(), entered) }),
  z.object({ do: z.literal('clickInView'), view: z.string(), ...at }),
  z.object({ do: z.literal('chooseInView'), view: z.string(), action: z.string(), value: entered }),
  z.object({ do: z.literal('closeView'), view: z.string() }),
  z.object({ do: z.literal('join'), channel: z.string() }),
  z.object({ do: z.literal('dm'), user: z.string() }),
]);

/** One act of the page. */
export type Act = z.infer<typeof Act>;

/** What the page shows afterwards: a notice, or another conversation. */
export type Shown = { notice?: string; channel?: string };

/** Performs an act as a person. */
export async function perform(slack: SlackSandbox, user: string, act: Act): Promise<Shown> {
  const actor = slack.as(user);
  const outcome = await run(actor, slack, act);
  if (outcome === undefined) return {};
  return 'id' in outcome ? { channel: outcome.id } : outcome.notice ? { notice: outcome.notice } : {};
}

async function run(
  actor: Actor,
  slack: SlackSandbox,
  act: Act,
): Promise<Outcome | { id: string } | undefined> {
  switch (act.do) {
    case 'say':
      return say(actor, slack, act);
    case 'click':
      return actor.click(act.channel, act.ts, act.action, {
        block: act.block,
        value: act.value || undefined,
      });
    case 'choose':
      return actor.choose(act.channel, act.ts, act.action, act.value, { block: act.block });
    case 'react':
      return void actor.react(act.channel, act.ts, act.value);
    case 'unreact':
      return void actor.unreact(act.channel, act.ts, act.value);
    case 'shortcut':
      return actor.shortcut(act.value, act.channel, act.ts);
    case 'submit':
      return actor.submit(act.view, act.values);
    case 'clickInView':
      return actor.clickInView(act.view, act.action, act.value || undefined);
    case 'chooseInView':
      return actor.chooseInView(act.view, act.action, act.value);
    case 'closeView':
      return actor.closeView(act.view);
    case 'join':
      return void actor.join(act.channel);
    case 'dm':
      return { id: actor.dm(act.user).id };
  }
}

async function say(
  actor: Actor,
  slack: SlackSandbox,
  act: Act & { do: 'say' },
): Promise<Outcome | undefined> {
  const command = /^(\/[a-z][a-z0-9_-]*)(?:\s+([\s\S]*))?$/.exec(act.text.trim());
  if (command) return actor.command(act.channel, command[1]!, command[2]?.trim() ?? '');
  return void actor.post(act.channel, asTyped(act.text, slack.world), act.thread);
}

/** What Slack's composer makes of typed text: control characters escaped, `@name` and `#channel` turned into mentions. */
function asTyped(text: string, world: World): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/(?<!\w)([@#])([\p{L}\p{N}._-]+)/gu, (typed, sign: string, name: string) => {
    if (sign === '@' && ['channel', 'here', 'everyone'].includes(name)) return `<!${name}>`;
    const all: { id: string; name: string }[] = [...(sign === '@' ? world.users : world.channels).values()];
    const found = all.find((known) => known.name === name);
    return found ? `<${sign}${found.id}>` : typed;
  });
}
