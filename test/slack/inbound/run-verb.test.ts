import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mentionsOf } from '../../../src/sandbox/slack/mentions.ts';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

const buttonsOf = (message: { blocks: unknown[] }) =>
  message.blocks.flatMap((block) => {
    const { accessory } = block as { accessory?: { value: string; text: { text: string } } };
    return accessory ? [accessory] : [];
  });

describe.each(['http', 'socket'] satisfies Mode[])('a verb over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  const type = (user: string, channel: string, text: string) =>
    at.answer(user, channel, () => at.slack.as(user).command(channel, '/incident', text));

  test('is answered to the person alone, in the language of that person', async () => {
    const { channel } = await at.incident();
    expect((await type('U0JUN', channel, 'status')).text).toContain('Open for under 1 min');
    expect((await type('U0MINJI', channel, 'status')).text, 'by muster.yaml').toContain('진행 중');
    expect((await type('U0ARI', channel, '상태')).text, 'by their Slack').toContain('진행 중');
    expect(at.told('U0SORA', channel)).toEqual([]);
  });

  test('without a word, or help, lists every verb', async () => {
    for (const text of ['', 'help', '?']) {
      expect((await type('U0JUN', at.general, text)).text).toContain('`handoff` Offer your role');
    }
    expect((await type('U0MINJI', at.general, '도움말 severity')).text).toContain('심각도를 바꿉니다');
  });

  test('that changes something is done once, and a repeat says how things are', async () => {
    const { id, channel } = await at.incident();
    expect((await type('U0JUN', channel, 'ack')).text).toContain('You have acknowledged');
    expect((await type('U0SORA', channel, 'ack')).text).toContain('already acknowledged by Lee Jun');
    expect((await type('U0JUN', channel, 'ACK')).text).toContain('already');
    const kept = at.memory.of(id).events.filter((event) => event.type === 'Acknowledged');
    expect(kept).toHaveLength(1);
    expect(kept[0]!.by).toEqual({ kind: 'person', person: 'jun', via: 'slack' });
  });

  test('that is refused says what to do about it', async () => {
    const { id, channel } = await at.incident();
    expect((await type('U0JUN', channel, 'severity P3')).text).toContain('/incident severity P3 only one');
    expect((await type('U0MINJI', channel, 'severity P3')).text).toContain('이유가 필요합니다');
    expect((await type('U0JUN', channel, 'severity p3 only one customer')).text).toContain('is now P3');
    expect(at.memory.of(id).state.severity).toBe('P3');
  });

  test('with a typo gets the nearest verb, and its button runs it', async () => {
    const { id, channel } = await at.incident();
    const offered = await type('U0JUN', channel, 'nte the pool is full');
    expect(offered.text).toContain('Did you mean `note`?');
    const done = await at.answer('U0JUN', channel, () =>
      at.slack.as('U0JUN').click(channel, offered.ts, 'run-verb'),
    );
    expect(done.text).toContain('Added to the timeline');
    expect(done.ts, 'the answer takes the place of the question').toBe(offered.ts);
    expect(at.memory.of(id).events.at(-1)).toMatchObject({ type: 'NoteAdded', text: 'the pool is full' });
    expect((await type('U0JUN', channel, 'xyzzyplugh')).text).toContain('help');
  });

  test('outside an incident offers the open ones, worst first, and a button runs it there', async () => {
    const mild = await at.incident('Reports: slow', 'P2');
    const bad = await at.incident('Payments: down', 'P1');
    const offered = await type('U0JUN', at.general, 'note checkout fails <everywhere>');
    const offers = buttonsOf(offered).map(({ value }) => JSON.parse(value) as { incident: number });
    expect(offers.length).toBeGreaterThan(1);
    const [first, last] = [bad.id, mild.id].map((id) => offers.findIndex(({ incident }) => incident === id));
    expect(first).toBeLessThan(last!);
    const value = buttonsOf(offered).find((one) => JSON.parse(one.value).incident === mild.id)!.value;
    await at.answer('U0JUN', at.general, () =>
      at.slack.as('U0JUN').click(at.general, offered.ts, 'run-verb', { value }),
    );
    expect(at.memory.of(mild.id).events.at(-1)).toMatchObject({ text: 'checkout fails <everywhere>' });
  });

  test('names an incident, before or behind the verb', async () => {
    const { id } = await at.incident('Search: down');
    expect((await type('U0JUN', at.general, `status inc-${id}`)).text).toContain('Search: down');
    expect((await type('U0JUN', at.general, `inc-${id} ack`)).text).toContain(`inc-${id}`);
    expect(at.memory.of(id).state.acknowledged?.person).toBe('jun');
    expect((await type('U0JUN', at.general, 'ack inc-999')).text).toContain('There is no incident inc-999');
    expect((await type('U0JUN', at.general, 'reopen')).text, 'open ones are no choice').toContain(
      'reopen inc-42',
    );
  });

  test('by somebody who is no full member reads but does not change', async () => {
    const { id, channel } = await at.incident();
    expect((await type('U0GUEST', channel, 'status')).text).toContain(`inc-${id}`);
    for (const text of [
      'ack',
      'severity P2 r',
      'note x',
      'resolve done',
      'role ic me',
      'declare P1 x',
      'update x',
    ])
      expect((await type('U0GUEST', channel, text)).text, text).toContain('Guests can read');
    expect(at.memory.of(id).events.filter((event) => event.by.kind === 'person')).toEqual([]);
  });

  test('shows outside text as text: nothing in an answer pings, links or formats', async () => {
    const bad = '<!channel> <@U0SORA> <https://x.example|click> *bold* `code` @here';
    const { id, channel } = await at.incident(bad);
    await type('U0JUN', channel, `update ${bad}`);
    const texts = [
      'status',
      'list',
      'why',
      `role ic ${bad}`,
      `runbook start ${bad}`,
      `runbook run ${bad}`,
      bad,
    ];
    const answers = [];
    for (const text of texts) answers.push(await type('U0JUN', channel, text));
    answers.push(await type('U0JUN', at.general, `note ${bad}`));
    for (const message of answers) {
      const pings = mentionsOf(message, at.slack.world).filter((found) => found.type !== 'channel');
      expect(pings, message.text).toEqual([]);
      const shown = JSON.stringify(message.blocks, (key, value) => (key === 'value' ? undefined : value));
      const formatted = shown.replace(/`[^`]*`/g, '');
      expect(formatted).not.toMatch(/<https|\*bold\*/);
    }
    expect(at.memory.of(id).state.lastUpdate?.text).toContain('@channel');
  });

  test('tells when the incident could not be changed, and lives on', async () => {
    const { channel } = await at.incident();
    at.memory.faults.next = 1;
    expect((await type('U0JUN', channel, 'ack')).text).toContain('may not have been recorded');
    expect(at.memory.faults.next).toBe(0);
    expect((await type('U0JUN', channel, 'ack')).text).toContain('You have acknowledged');
  });
});
