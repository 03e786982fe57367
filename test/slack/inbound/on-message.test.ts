import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

describe.each(['http', 'socket'] satisfies Mode[])('a message over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  const notes = (id: number) => at.memory.of(id).events.filter((event) => event.type === 'NoteAdded');

  test('with 📌 goes to the timeline with its own time, author and permalink, once', async () => {
    const { id, channel } = await at.incident();
    const { ts } = at.slack
      .as('U0SORA')
      .post(channel, 'failover <@U0JUN> at &lt;10:02&gt;, see <https://x.example/a|graph>');
    await at.answer('U0JUN', channel, () => at.slack.as('U0JUN').react(channel, ts, 'pushpin'));
    const again = await at.answer('U0MINJI', channel, () =>
      at.slack.as('U0MINJI').react(channel, ts, 'pushpin'),
    );
    expect(again.text).toContain('이미 타임라인에 있습니다');
    expect(notes(id)).toHaveLength(1);
    expect(notes(id)[0]).toMatchObject({
      text: 'failover @Lee Jun at <10:02>, see graph (https://x.example/a)',
      author: 'Park Sora',
      writtenAt: Math.floor(Number(ts) * 1000),
      permalink: expect.stringContaining(ts.replace('.', '')),
      by: { kind: 'person', person: 'jun', via: 'slack' },
    });
  });

  test('in a thread counts as well', async () => {
    const { id, channel } = await at.incident();
    const parent = at.slack.as('U0SORA').post(channel, 'what changed?');
    const reply = at.slack.as('U0JUN').post(channel, 'the pool size', parent.ts);
    await at.answer('U0JUN', channel, () => at.slack.as('U0JUN').react(channel, reply.ts, 'pushpin'));
    expect(notes(id)).toMatchObject([{ text: 'the pool size', author: 'Lee Jun' }]);
  });

  test('delivered twice is noted once; another reaction, or 📌 elsewhere, means nothing', async () => {
    const { id, channel } = await at.incident();
    const { ts } = at.slack.as('U0SORA').post(channel, 'twice');
    at.slack.as('U0JUN').react(channel, ts, 'eyes');
    at.slack.as('U0SORA').join(at.general);
    const elsewhere = at.slack.as('U0SORA').post(at.general, 'lunch?');
    at.slack.as('U0JUN').react(at.general, elsewhere.ts, 'pushpin');
    at.slack.faults.nextEvent('reaction_added', 'duplicate');
    await at.answer('U0JUN', channel, () => at.slack.as('U0JUN').react(channel, ts, 'pushpin'));
    await at.slack.events.idle();
    expect(at.slack.faults.happened).toContainEqual({ method: 'reaction_added', fault: 'duplicate' });
    expect(notes(id)).toHaveLength(1);
    expect(at.told('U0JUN', at.general)).toEqual([]);
  });

  test('is added by the shortcut, too', async () => {
    const { id, channel } = await at.incident();
    const { ts } = at.slack.as('U0SORA').post(channel, 'rolled back at 10:05');
    const told = await at.answer('U0JUN', channel, () =>
      at.slack.as('U0JUN').shortcut('Add to timeline', channel, ts),
    );
    expect(told.text).toBe('Added to the timeline.');
    expect(notes(id)).toMatchObject([{ text: 'rolled back at 10:05', author: 'Park Sora' }]);
    await at.answer('U0GUEST', channel, () =>
      at.slack.as('U0GUEST').shortcut('Add to timeline', channel, ts),
    );
    expect(notes(id)).toHaveLength(1);
  });

  test('from outside an incident asks by a form which incident is meant', async () => {
    const { id } = await at.incident();
    const { ts } = at.slack.as('U0SORA').post(at.general, 'customers report errors');
    await at.slack.as('U0JUN').shortcut('Add to timeline', at.general, ts);
    const form = await at.modal('U0JUN');
    await at.answer('U0JUN', at.general, () =>
      at.slack.as('U0JUN').submit(form.id, { incident: String(id) }),
    );
    expect(notes(id)).toMatchObject([
      { text: 'customers report errors', author: 'Park Sora', writtenAt: Math.floor(Number(ts) * 1000) },
    ]);
  });
});
