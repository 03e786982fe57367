import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

const report = (sentence: string) =>
  JSON.stringify({
    muster_report: 1,
    runbook: 'redis-sentinel@abcdef',
    place: 'office',
    at: '2026-11-21T10:00:00Z',
    verdict: 'fail',
    steps: [
      {
        id: 'quorum',
        title: 'Quorum',
        verdict: 'fail',
        sentence,
        evidence: { columns: [], rows: [] },
        ms: 5,
      },
    ],
  });

describe.each(['http', 'socket'] satisfies Mode[])('a file over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  const exhibits = (id: number) => at.memory.of(id).state.exhibits;
  const post = (channel: string, name: string, content: string) =>
    at.slack.as('U0JUN').postFile(channel, name, content);

  test('that is a report becomes evidence of the incident whose channel it is posted in, once', async () => {
    const { id, channel } = await at.incident();
    at.slack.faults.nextEvent('file_shared', 'duplicate');
    const told = await at.answer('U0JUN', channel, () =>
      post(channel, 'report.json', report('Two are away.')),
    );
    expect(told.text).toContain('Taken in: redis-sentinel@abcdef, failed.');
    await at.slack.events.idle();
    expect(exhibits(id)).toMatchObject([
      { verdict: 'fail', sentence: expect.stringContaining('From office: Two are away.') },
    ]);
  });

  test('that is something else, or lies elsewhere, is nobody\u2019s business', async () => {
    const { id, channel } = await at.incident();
    post(channel, 'notes.txt', report('in a text file'));
    post(channel, 'package.json', '{"name":"muster"}');
    at.slack.as('U0JUN').join(at.general);
    post(at.general, 'report.json', report('elsewhere'));
    const told = await at.answer('U0JUN', channel, () => post(channel, 'late.json', report('the last one')));
    expect(told.text).toContain('Taken in');
    await at.slack.events.idle();
    expect(exhibits(id)).toHaveLength(1);
    expect(at.told('U0JUN', at.general)).toEqual([]);
  });

  test('of a guest is not taken in, and they are told', async () => {
    const { id, channel } = await at.incident();
    at.slack.as('U0GUEST').join(channel);
    const told = await at.answer('U0GUEST', channel, () =>
      at.slack.as('U0GUEST').postFile(channel, 'report.json', report('by a guest')),
    );
    expect(told.text).toContain('Guests');
    expect(exhibits(id)).toEqual([]);
  });

  test('is taken in as text: what it says pings nobody and looks like no link', async () => {
    const { id, channel } = await at.incident();
    const hostile = report('<!channel> <https://evil.example|runbook> \u202e*all well*');
    const told = await at.answer('U0JUN', channel, () => post(channel, 'report.json', hostile));
    expect(told.text).toContain('Taken in');
    expect(exhibits(id)).toHaveLength(1);
    const shown = JSON.stringify(at.slack.world.channels.get(channel)?.messages ?? []);
    expect(shown).not.toMatch(/<!channel>|<https:\/\/evil/);
  });
});
