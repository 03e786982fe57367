import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { accountOf } from '../../src/demo/account.ts';
import { factsOf, printFactsSchema, type Witness } from '../../src/demo/facts.ts';
import type { Happened, IncidentEvent } from '../../src/incident/events.ts';
import { replay } from '../../src/incident/evolve.ts';
import type { Incident, Live } from '../../src/incident/state.ts';
import type { Actor } from '../../src/incident/words.ts';
import { openedAt, story } from '../postmortem/incident-example.ts';

/** The example story to its merged end. */
function merged(): Incident {
  const { id, events } = story();
  const at = openedAt + 800_000;
  const by: Actor = { kind: 'person', person: 'sora', via: 'github' };
  const pull = { number: 7, branch: 'postmortem/inc-42', url: 'https://git.example.com/7', sha: 'abc' };
  const more: Happened[] = [
    { type: 'PullRequestOpened', ...pull },
    { type: 'PullRequestClosed', merged: true, closer: 'sora' },
  ];
  const all = [...events, ...more.map((happened): IncidentEvent => ({ ...happened, at, by }))];
  return { id, version: all.length, events: all, state: replay(all) as Live };
}

/** Look-alikes that saw everything the log says. */
function witness(incident: Incident): Witness & { channel: NonNullable<Witness['channel']> } {
  const posts = incident.events.flatMap((event) =>
    event.type === 'StepFinished'
      ? [`*A look: failed.* ${event.report.sentence.replaceAll('<', '&lt;')}`]
      : [],
  );
  return {
    source: 'watcher',
    failureObservedAt: openedAt - 5000,
    channel: {
      id: 'C1',
      name: 'inc-42-orders-redis-master',
      topic: 'P1 resolved · Redis master of orders is down · IC Minji Kim',
      pins: 1,
      card: 'Incident Commander: Minji Kim\nComms: Hana Lee\nOps: Jun Park',
      posts,
    },
    pages: [{ person: 'minji', at: openedAt + 400 }],
    pullRequest: {
      number: 7,
      branch: 'postmortem/inc-42',
      files: ['postmortems/2026/inc-42.md'],
      state: 'merged',
    },
    timelineEntries: 20,
  };
}

test('a story that everybody saw gives facts that the schema accepts, with times after the alert', () => {
  const incident = merged();
  const result = factsOf(incident, witness(incident));
  if ('problems' in result) throw new Error(result.problems.join('; '));
  const { facts } = result;
  expect(facts).toMatchObject({
    incident: 'inc-42',
    source: 'watcher',
    failureObservedMs: 5000,
    pages: [{ person: 'minji', pager: 'slack', latencyMs: 400 }],
    latencyMs: { page: 400, channel: 1000, firstEvidence: 3000 },
    resolution: { rule: 'person', by: 'minji' },
  });
  expect(new Ajv({ strict: true }).validate(JSON.parse(printFactsSchema()), facts)).toBe(true);
  const account = accountOf(facts);
  for (const { sentence } of facts.steps) expect(account).toContain(sentence);
  expect(account).toContain('Minji Kim');
  expect(account).toContain('the built-in watcher');
});

type Seen = ReturnType<typeof witness>;
const disagreements: [string, (seen: Seen) => Partial<Witness>, string][] = [
  ['no failure before the alert', () => ({ failureObservedAt: null }), 'no failure was observed'],
  ['no channel', () => ({ channel: null }), 'there is no channel'],
  ['another channel', ({ channel }) => ({ channel: { ...channel, id: 'C2' } }), 'is not the one'],
  ['two pins', ({ channel }) => ({ channel: { ...channel, pins: 2 } }), '2 pinned'],
  ['a stale topic', ({ channel }) => ({ channel: { ...channel, topic: 'P2' } }), 'the topic'],
  [
    'a role that the card hides',
    ({ channel }) => ({ channel: { ...channel, card: 'Minji Kim, Jun Park' } }),
    'hana as comms',
  ],
  [
    'evidence that nobody could read',
    ({ channel }) => ({ channel: { ...channel, posts: channel.posts.slice(1) } }),
    'quorum reported',
  ],
  ['a page that nobody saw', () => ({ pages: [] }), 'Minji Kim: 1 pages are logged, 0'],
  [
    'a page that nobody sent',
    ({ pages }) => ({ pages: [...pages, { person: 'jun', at: 0 }] }),
    'Jun Park: 0',
  ],
  ['no pull request', () => ({ pullRequest: null }), 'there is no pull request'],
  [
    'an open pull request',
    ({ pullRequest }) => ({ pullRequest: pullRequest && { ...pullRequest, state: 'open' } }),
    'is open, not merged',
  ],
  [
    'another pull request',
    ({ pullRequest }) => ({ pullRequest: pullRequest && { ...pullRequest, number: 8 } }),
    'is not the one in the repository',
  ],
];

test.each(disagreements)('no facts with %s', (_case, change, problem) => {
  const incident = merged();
  const seen = witness(incident);
  const result = factsOf(incident, { ...seen, ...change(seen) });
  expect(result).toEqual({ problems: [expect.stringContaining(problem)] });
});

test('no facts before the incident is resolved', () => {
  const incident = merged();
  const events = incident.events.filter(({ type }) => type !== 'Resolved');
  const open = { ...incident, events, state: replay(events) as Live };
  expect(factsOf(open, witness(open))).toEqual({ problems: ['the incident was not resolved'] });
});
