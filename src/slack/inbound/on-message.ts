import { incidentName } from '../../incident/state.ts';
import { type ReplyTo, say } from './answer.ts';
import { note } from './commands/note.ts';
import { type Desk, incidentFor } from './desk.ts';
import { fetchMessage, noteOf, type SlackMessage } from './message-note.ts';
import { askByForm } from './run-verb.ts';

/** The reaction that puts a message on the timeline: 📌. */
export const noteReaction = 'pushpin';

/** The message shortcut "Add to timeline". */
export const noteShortcut = 'add_to_timeline';

/** 📌 on a message in an incident's channel: the message goes to the timeline with its own time. Elsewhere 📌 means nothing. */
export async function onPin(desk: Desk, channel: string, ts: string, to: ReplyTo): Promise<void> {
  const { incident } = await incidentFor(desk, null, channel);
  if (!incident) return;
  const ask = await desk.askOf(to.user);
  if (ask.asker.standing === 'bot') return;
  const message = await fetchMessage(desk, channel, ts);
  if (!message) return;
  const noted = note.input.parse(await noteOf(desk, channel, message));
  await desk.tell(to, await note.run(noted, ask, incident));
}

/** The shortcut: at once in an incident's channel, elsewhere through a form that asks which incident is meant. */
export async function onShortcut(
  desk: Desk,
  asked: { message: SlackMessage; channel: string; to: ReplyTo; trigger: string },
): Promise<void> {
  const { message, channel, to, trigger } = asked;
  const id = await desk.deps.findByChannel(channel);
  if (id === null) {
    const { text, ...known } = await noteOf(desk, channel, message);
    const wish = { verb: note.name, words: '', incident: null, to, trigger };
    return askByForm(desk, wish, note.name, note.form!, 'incident', { text }, known);
  }
  const [ask, { incident }] = await Promise.all([desk.askOf(to.user), incidentFor(desk, id, null)]);
  if (!incident) return desk.tell(to, say(ask.texts.noSuchIncident(incidentName(id))));
  const noted = note.input.parse(await noteOf(desk, channel, message));
  await desk.tell(to, await note.run(noted, ask, incident));
}
