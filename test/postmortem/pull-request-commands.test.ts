import { describe, expect, test } from 'vitest';
import { decide } from '../../src/incident/decide.ts';
import type { Happened } from '../../src/incident/events.ts';
import {
  commandsOfNews,
  commandsOfReading,
  incidentOfBranch,
  type PullRequestNews,
  type PullRequestReading,
} from '../../src/postmortem/pull-request-commands.ts';
import { incidentOf, openedAt, opening } from './incident-example.ts';

const opened: Happened = {
  type: 'PullRequestOpened',
  number: 7,
  url: 'u',
  branch: 'postmortem/inc-42',
  sha: 's',
};
const published = (...more: Happened[]) =>
  incidentOf([
    [0, opening()],
    [1, { type: 'PostmortemRequested', rule: 'r' }],
    [2, opened],
    ...more.map((event): [number, Happened] => [3, event]),
  ]);
const by = { kind: 'person', person: 'minji', via: 'github' } as const;
const news = (kind: PullRequestNews['kind'], pullRequest = 7): PullRequestNews => ({
  pullRequest,
  branch: 'postmortem/inc-42',
  kind,
  by: 'minji-k',
});
const at = openedAt + 5000;

describe('incidentOfBranch', () => {
  test.each([
    ['postmortem/inc-42', 42],
    ['postmortem/inc-42-x', undefined],
    ['postmortem/inc-042', undefined],
    ['postmortem/inc-0', undefined],
    ['x/postmortem/inc-42', undefined],
    ['postmortem/inc-42\n', undefined],
    ['main', undefined],
  ])('%j is %s', (branch, id) => expect(incidentOfBranch(branch)).toBe(id));
});

describe('commandsOfNews', () => {
  test.each([
    ['approved', { type: 'RecordReview', kind: 'approved', reviewer: 'minji-k' }],
    ['changes-requested', { type: 'RecordReview', kind: 'changes-requested', reviewer: 'minji-k' }],
    ['commented', { type: 'RecordReview', kind: 'commented', reviewer: 'minji-k' }],
    ['merged', { type: 'RecordPullRequestClosed', merged: true, closer: 'minji-k' }],
    ['closed', { type: 'RecordPullRequestClosed', merged: false, closer: 'minji-k' }],
  ] as const)('%s', (kind, command) => {
    expect(commandsOfNews(published(), news(kind), at, by)).toEqual([{ ...command, at, by }]);
  });

  test('another pull request with our branch’s name says nothing about ours', () => {
    expect(commandsOfNews(published(), news('merged', 8), at, by)).toEqual([]);
  });

  test('news before the draft is recorded is left to the next reading', () => {
    expect(commandsOfNews(incidentOf([[0, opening()]]), news('approved'), at, by)).toEqual([]);
  });
});

describe('commandsOfReading', () => {
  const reading: PullRequestReading = { state: 'open', mergedBy: null, reviews: [] };
  const review = { type: 'PullRequestReviewed', kind: 'approved', reviewer: 'minji-k' } as const;

  test('a lost approval and a lost merge are recorded', () => {
    const reviews = [{ by: 'minji-k', kind: 'approved' as const }];
    const commands = commandsOfReading(published(), { state: 'merged', mergedBy: 'jun-p', reviews }, at);
    expect(commands).toMatchObject([
      { type: 'RecordReview', kind: 'approved', reviewer: 'minji-k' },
      { type: 'RecordPullRequestClosed', merged: true, closer: 'jun-p' },
    ]);
    for (const command of commands) expect(decide(command, published().state)).toHaveLength(1);
  });

  test('what the log knows is not recorded again', () => {
    const reviews = [{ by: 'minji-k', kind: 'approved' as const }];
    expect(commandsOfReading(published(review), { ...reading, reviews }, at)).toEqual([]);
    expect(commandsOfReading(published(), reading, at)).toEqual([]);
  });

  test('a changed mind is news', () => {
    const reviews = [{ by: 'minji-k', kind: 'changes-requested' as const }];
    expect(commandsOfReading(published(review), { ...reading, reviews }, at)).toMatchObject([
      { kind: 'changes-requested' },
    ]);
  });
});
