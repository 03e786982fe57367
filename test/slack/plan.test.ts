import { expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { type PlanDeps, planSlack } from '../../src/slack/plan.ts';
import { apply, incidentAfter, incidentOf, minutes, opening, sight, story } from './incidents.ts';

const deps: PlanDeps = { sight, nextLevel: () => null, dashboardOf: () => null };
const planned = (commands: readonly Command[], memory: Record<string, string>) =>
  planSlack(incidentAfter(...commands), minutes(1), memory, deps);
const names = (commands: readonly Command[], memory: Record<string, string>) =>
  planned(commands, memory).actions.map((action) => action.do);
const sure = { trying: 'nothing', posted: '0' };

test('first the channel, and nothing without it', () => {
  const incident = incidentOf(apply([], opening()));
  expect(planSlack(incident, minutes(1), {}, deps)).toEqual({
    actions: [{ do: 'open-channel' }],
    wakeAt: null,
  });
});

test('then the card; it is looked for when nobody knows whether it is there', () => {
  const placed: Command = {
    type: 'RecordChannel',
    channel: 'C1',
    name: 'inc-42',
    at: minutes(1),
    by: { kind: 'muster', rule: 'slack' },
  };
  const incident = incidentOf([opening(), placed].reduce(apply, []));
  const look = (memory: Record<string, string>) => planSlack(incident, minutes(1), memory, deps).actions;
  expect(look(sure)).toMatchObject([{ do: 'post-card', look: false }]);
  expect(look({})).toMatchObject([{ do: 'post-card', look: true }]);
  expect(look({ ...sure, trying: 'card' })).toMatchObject([{ do: 'post-card', look: true }]);
});

test('then people, news, the card, and what decorates', () => {
  expect(names(story.slice(0, 7), sure)).toEqual([
    'invite',
    'post',
    'update-card',
    'pin-card',
    'set-topic',
    'bookmark',
  ]);
});

test.each([
  ['the memory is lost', {}],
  ['a post was under way', { ...sure, trying: 'post' }],
])('when %s, the posts are looked for before anything more is said', (_, memory) => {
  expect(names(story, memory)).toContain('find-posts');
  expect(names(story, memory)).not.toContain('post');
});

test('a card under way says nothing about posts', () => {
  expect(names(story, { ...sure, trying: 'card' })).toContain('post');
});

test('what is remembered is not done again', () => {
  const commands = story.slice(0, 1);
  const card = planned(commands, sure).actions.find((action) => action.do === 'update-card');
  const done = {
    ...sure,
    posted: '99',
    pinned: '1.1',
    topic: 'P1 · Redis master is down',
    'invited minji': 'in',
    'invited jun': 'in',
    'invited hana': 'in',
  };
  expect(names(commands, done)).toEqual(['update-card']);
  expect(card).toBeDefined();
});

test('a person who could not be invited is asked once, and named on the card', () => {
  const memory = { ...sure, 'invited minji': 'in', 'invited jun': 'in', 'invited hana': 'no-slack' };
  const { actions } = planned(story.slice(0, 1), memory);
  expect(actions.map((action) => action.do)).not.toContain('invite');
  expect(JSON.stringify(actions.find((action) => action.do === 'update-card'))).toContain('has no Slack id');
});
