import { expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { createAnswers } from '../../src/paging/answers.ts';
import { play, receive, t0 } from '../incident/given.ts';
import { people } from './story.ts';

function start() {
  const commands: [number, Command][] = [];
  const incident = play(receive());
  const answers = createAnswers({
    load: async () => incident,
    handle: async (id, command) => {
      commands.push([id, command]);
      return { incident, events: [] };
    },
    incidentOf: async (key) => (key === 'a="b"' ? 7 : null),
    personOf: ({ id }) => (id === 'PABC123' ? 'jun' : undefined),
    who: (id) => people[id],
    now: () => t0,
  });
  return { answers, commands };
}

const news = (dedupKey: string, id: string, kind: 'acknowledged' | 'resolved' = 'acknowledged') => ({
  dedupKey,
  kind,
  user: { id, name: 'Somebody', email: null },
});

test.each([
  [
    'the person known by that user id',
    news('inc-42.r1.l1.minji.pagerduty', 'PABC123'),
    42,
    'jun',
    'Acknowledge',
  ],
  [
    'the person paged, where the user is unknown',
    news('inc-42.r1.l1.minji.pagerduty', 'PX'),
    42,
    'minji',
    'Acknowledge',
  ],
  [
    'the incident that a group became',
    news('group-YT0iYiI.r1.l1.minji.pagerduty', 'PX'),
    7,
    'minji',
    'Acknowledge',
  ],
  ['a resolution', news('inc-42.r1.l1.minji.pagerduty', 'PABC123', 'resolved'), 42, 'jun', 'Resolve'],
])('what happens at PagerDuty is a command: %s', async (_, given, id, person, type) => {
  const { answers, commands } = start();
  await answers.pagerduty(given);
  expect(commands).toMatchObject([[id, { type, at: t0, by: { kind: 'person', person, via: 'pagerduty' } }]]);
});

test('a page of somebody else`s is left alone, and one whose incident is not open yet is asked for again', async () => {
  const { answers, commands } = start();
  await answers.pagerduty(news('another tool`s key', 'PABC123'));
  expect(commands).toEqual([]);
  await expect(answers.pagerduty(news('group-eHl6.r1.l1.minji.pagerduty', 'PX'))).rejects.toMatchObject({
    code: 'not-open-yet',
  });
});
