import { describe, expect, test } from 'vitest';
import type { Happened } from '../../src/incident/events.ts';
import { planPostmortem } from '../../src/postmortem/plan.ts';
import { incidentOf, openedAt, opening } from './incident-example.ts';

const rules = { on: ['P1', 'P2'] as const };
const resolved: Happened = { type: 'Resolved', rule: 'person', reason: null };
const requested: Happened = { type: 'PostmortemRequested', rule: 'person' };
const opened: Happened = {
  type: 'PullRequestOpened',
  number: 7,
  url: 'u',
  branch: 'postmortem/inc-42',
  sha: 's',
};
const local: Happened = { ...opened, number: null };
const closed = (merged: boolean): Happened => ({ type: 'PullRequestClosed', merged, closer: null });
const approved: Happened = { type: 'PullRequestReviewed', kind: 'approved', reviewer: 'minji-k' };
const lowered: Happened = {
  type: 'SeverityChanged',
  from: 'P1',
  to: 'P3',
  rule: 'r',
  reason: 'x',
  treatment: { page: false, channel: true },
};

const minutes = (count: number) => count * 60_000;
const nothing = { actions: [], wakeAt: null };
const publish = { actions: [{ do: 'publish' }], wakeAt: null };

const cases: [
  why: string,
  events: [number, Happened][],
  atSeconds: number,
  memory: Record<string, string>,
  plan: object,
][] = [
  ['an open incident needs none', [], 60, {}, nothing],
  [
    'a resolved P1 asks for one',
    [[10, resolved]],
    11,
    {},
    { actions: [{ do: 'request', rule: 'postmortem-on-P1' }], wakeAt: null },
  ],
  [
    'a resolved P3 does not',
    [
      [5, lowered],
      [10, resolved],
    ],
    11,
    {},
    nothing,
  ],
  [
    'a P3 whose draft was asked for gets it',
    [
      [5, lowered],
      [10, requested],
    ],
    11,
    {},
    publish,
  ],
  ['a requested one is published, also before the end', [[10, requested]], 11, {}, publish],
  [
    'a published one is read after 5 minutes',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
    ],
    12 + 300,
    {},
    { actions: [{ do: 'read', number: 7 }], wakeAt: null },
  ],
  [
    'and not earlier',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
    ],
    12 + 299,
    {},
    { actions: [], wakeAt: openedAt + 12_000 + minutes(5) },
  ],
  [
    'an approved one is still read',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
      [13, approved],
    ],
    400,
    {},
    { actions: [{ do: 'read', number: 7 }], wakeAt: null },
  ],
  [
    'a reading counts from the last one',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
    ],
    400,
    { readAt: String(openedAt + 390_000) },
    { actions: [], wakeAt: openedAt + 390_000 + minutes(5) },
  ],
  [
    'an old one is read hourly',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
    ],
    86_412 * 3,
    { readAt: String(openedAt + 86_412_000 * 3) },
    { actions: [], wakeAt: openedAt + 86_412_000 * 3 + minutes(60) },
  ],
  [
    'a merged one is done',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
      [13, closed(true)],
    ],
    9000,
    {},
    nothing,
  ],
  [
    'a closed one is done',
    [
      [10, resolved],
      [11, requested],
      [12, opened],
      [13, closed(false)],
    ],
    9000,
    {},
    nothing,
  ],
  [
    'a local one is done',
    [
      [10, resolved],
      [11, requested],
      [12, local],
    ],
    9000,
    {},
    nothing,
  ],
  [
    'one written before the end is written again',
    [
      [5, requested],
      [6, opened],
      [10, resolved],
    ],
    11,
    {},
    publish,
  ],
  [
    'once',
    [
      [5, requested],
      [6, opened],
      [10, resolved],
    ],
    11,
    { writtenAt: String(openedAt + 10_000) },
    { actions: [], wakeAt: openedAt + 6000 + minutes(5) },
  ],
  [
    'but not under a reviewer who approved it',
    [
      [5, requested],
      [6, opened],
      [7, approved],
      [10, resolved],
    ],
    11,
    {},
    { actions: [], wakeAt: openedAt + 6000 + minutes(5) },
  ],
  [
    'a local one written before the end is written again',
    [
      [5, requested],
      [6, local],
      [10, resolved],
    ],
    11,
    {},
    publish,
  ],
];

describe('planPostmortem', () => {
  test.each(cases)('%s', (_why, events, atSeconds, memory, plan) => {
    const incident = incidentOf([[0, opening()], ...events]);
    expect(planPostmortem(incident, openedAt + atSeconds * 1000, memory, rules)).toEqual(plan);
  });
});
