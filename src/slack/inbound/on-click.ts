import { z } from 'zod';
import { decodeAction } from '../actions.ts';
import { type ReplyTo, say } from './answer.ts';
import { readAskedVerb, verbButton } from './asked-verb.ts';
import { clicks } from './clicks.ts';
import { ack } from './commands/ack.ts';
import { type Desk, incidentFor } from './desk.ts';
import { askByForm, runVerb } from './run-verb.ts';

/** The Acknowledge button of a page that was sent before its incident could be opened; it carries the grouping key. */
const groupButton = 'acknowledge-group';
const Group = z.object({ group: z.string() });

/** A click on a button of a message: its `action_id`, its value, and who clicked where. */
export type Clicked = { action: string; value: string | undefined; to: ReplyTo; trigger: string | null };

/** Does what a button says, for the person who clicked. What it changed shows on the card; they are told the rest. */
export async function onClick(desk: Desk, { action: name, value, to, trigger }: Clicked): Promise<void> {
  if (name === verbButton) {
    const asked = readAskedVerb(value);
    if (asked) return runVerb(desk, { ...asked, to, trigger, replace: true });
  }
  if (name === groupButton) return acknowledgeGroup(desk, value, to);
  const action = decodeAction(name, value);
  if (!action) return desk.tell(to, say(desk.textsOf(to.user).outOfDate));
  const click = clicks[action.action];
  if ('ignored' in click || !('incident' in action)) return;
  if ('opens' in click) {
    const { name: form, form: shown, known } = click.opens(action as never);
    const wish = { verb: form, words: '', incident: action.incident, to, trigger };
    return askByForm(desk, wish, form, shown, 'incident', known, known);
  }
  const [ask, { incident }] = await Promise.all([
    desk.askOf(to.user),
    incidentFor(desk, action.incident, null),
  ]);
  await desk.tell(
    to,
    incident ? await click.does(action as never, ask, incident) : say(ask.texts.refusals['no-incident']()),
  );
}

async function acknowledgeGroup(desk: Desk, value: string | undefined, to: ReplyTo): Promise<void> {
  const group = Group.safeParse(parseJson(value)).data?.group;
  const id = group === undefined ? null : await desk.deps.findByKey(group);
  const [ask, { incident }] = await Promise.all([desk.askOf(to.user), incidentFor(desk, id, null)]);
  await desk.tell(to, incident ? await ack.run({}, ask, incident) : say(ask.texts.notOpenYet));
}

function parseJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
