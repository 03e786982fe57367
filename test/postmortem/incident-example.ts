import type { Happened, IncidentEvent } from '../../src/incident/events.ts';
import { replay } from '../../src/incident/evolve.ts';
import type { Incident, Live } from '../../src/incident/state.ts';
import type { PinnedStep } from '../../src/incident/steps.ts';
import type { Actor, Chart, Language } from '../../src/incident/words.ts';

/** The instant the example incident opened. */
export const openedAt = Date.parse('2026-11-21T10:00:00Z');

const muster: Actor = { kind: 'muster', rule: 'runbook' };
const person = (name: string): Actor => ({ kind: 'person', person: name, via: 'slack' });

/** An incident from a list of events, each with its seconds after opening and who made it. */
export function incidentOf(entries: [seconds: number, happened: Happened, by?: Actor][], id = 42): Incident {
  const events = entries.map(
    ([seconds, happened, by = muster]): IncidentEvent => ({ ...happened, at: openedAt + seconds * 1000, by }),
  );
  return { id, version: events.length, events, state: replay(events) as Live };
}

const step = (id: string, title: string, more: Partial<PinnedStep> = {}): PinnedStep => ({
  id,
  uses: id,
  title,
  effect: 'read',
  input: {},
  target: 'redis-sentinel orders-master',
  preview: null,
  condition: null,
  needs: [],
  check: null,
  approvers: { roles: ['ic'], people: [], count: 1 as const },
  location: null,
  timeoutMs: 5000,
  ...more,
});

const run = 'redis-sentinel@3f2a91';

const finished = (
  id: string,
  seconds: number,
  verdict: 'pass' | 'warn' | 'fail' | 'unknown',
  sentence: string,
  rows: string[][] = [],
): [number, Happened] => [
  seconds,
  {
    type: 'StepFinished',
    run,
    step: id,
    attempt: 1,
    report: {
      verdict,
      sentence,
      evidence: { columns: rows.length > 0 ? ['Node', 'Role', 'Link', 'Lag'] : [], rows },
      facts: {},
      startedAt: openedAt + seconds * 1000 - 120,
      ms: 118,
    },
  },
];

/** The opening of an incident, by alert; text from outside can be replaced. */
export const opening = (
  outside: { title?: string; summary?: string; language?: Language } = {},
): Happened => ({
  type: 'IncidentOpened',
  key: 'alertname=RedisMasterDown',
  title: outside.title ?? 'Redis master of orders is down',
  severity: 'P1',
  rule: 'severity-critical',
  source: 'alertmanager',
  service: 'orders',
  grouping: 'group-labels',
  alerts: [
    {
      fingerprint: 'f1',
      name: 'RedisMasterDown',
      severity: 'P1',
      labels: { service: 'orders' },
      summary: outside.summary ?? 'Orders can’t be written: the master does not answer',
      startsAt: openedAt - 4000,
      runbookUrl: 'https://runbooks.example.com/redis-sentinel',
      dashboardUrl: 'https://grafana.example.com/d/redis?from=now-15m',
      generatorUrl: 'https://prometheus.example.com/graph?g0.expr=redis_up%20%3D%3D%200',
    },
  ],
  truncated: 0,
  treatment: { page: true, channel: true },
  language: outside.language ?? 'en',
});

/** A whole P1, from the alert to the resolution, as the demo's first story plays it. */
export const story = (language: Language = 'en'): Incident =>
  incidentOf([
    [0, opening({ language }), { kind: 'alertmanager', receiver: 'muster' }],
    [0.1, { type: 'RoleProposed', role: 'ic', person: 'minji', rule: 'primary of platform' }],
    [0.1, { type: 'RoleProposed', role: 'ops', person: 'jun', rule: 'secondary of platform' }],
    [0.1, { type: 'RoleProposed', role: 'comms', person: 'hana', rule: 'primary of comms' }],
    [
      0.2,
      {
        type: 'LevelReached',
        round: 1,
        level: 1,
        people: ['minji'],
        via: ['slack'],
        fallback: [],
        rule: 'P1 level 1',
      },
    ],
    [0.4, { type: 'PageSent', key: 'k1', round: 1, level: 1, person: 'minji', pager: 'slack' }],
    [
      0.5,
      {
        type: 'PageFailed',
        key: 'k2',
        round: 1,
        level: 1,
        person: 'minji',
        pager: 'pagerduty',
        code: 'timeout',
        why: 'No whole answer within 5000 ms',
        retryAt: null,
      },
    ],
    [1, { type: 'ChannelCreated', channel: 'C1', name: 'inc-42-orders-redis-master' }],
    [
      2,
      {
        type: 'RunbookStarted',
        rule: 'service=orders',
        runbook: {
          run,
          name: 'redis-sentinel',
          version: '3f2a91',
          title: 'Redis with Sentinel',
          url: 'https://runbooks.example.com/redis-sentinel',
          recheckMs: 180_000,
          budgetMs: 120_000,
          steps: [
            step('quorum', 'Is the Sentinel quorum there?'),
            step('master', 'Who is the master, and does it answer?'),
            step('replicas', 'Are the replicas caught up?'),
            step('latency', 'How slow are writes?'),
            step('failover', 'Fail over to a replica', {
              effect: 'change',
              preview: 'SENTINEL FAILOVER orders-master',
              check: 'after',
            }),
            step('after', 'Is exactly one master left?'),
          ],
        },
      },
    ],
    finished('quorum', 3, 'fail', '1 of 3 Sentinels answers; 2 are needed, so nothing fails over by itself', [
      ['127.0.0.1:26379', 'sentinel', 'up', ''],
      ['127.0.0.1:26380', 'sentinel', 'no answer in 1 s', ''],
      ['127.0.0.1:26381', 'sentinel', 'no answer in 1 s', ''],
    ]),
    finished(
      'master',
      4,
      'fail',
      'The master 127.0.0.1:6379 accepts connections and does not answer: frozen, not killed',
    ),
    finished('replicas', 5, 'pass', 'Both replicas are up and have everything the master sent', [
      ['127.0.0.1:6380', 'slave', 'down for 6 s', '0 B'],
      ['127.0.0.1:6381', 'slave', 'down for 6 s', '0 B'],
    ]),
    finished('latency', 5.5, 'unknown', 'The writer’s metrics could not be read'),
    [6, { type: 'Acknowledged', person: 'minji', wasPaged: true }, person('minji')],
    [7, { type: 'RoleAccepted', role: 'ic', person: 'minji', rule: 'accepted' }, person('minji')],
    [
      8,
      {
        type: 'StepProposed',
        run,
        step: 'failover',
        hash: 'abc',
        preview: 'SENTINEL FAILOVER orders-master',
        scene: { severity: 'P1', status: 'open', findings: {} },
        changed: [],
      },
    ],
    [
      30,
      {
        type: 'NoteAdded',
        text: 'who deployed the host change? jun forgot to test the failover',
        writtenAt: openedAt + 28_000,
        author: 'Park Jun',
        permalink: null,
      },
      person('jun'),
    ],
    [
      40,
      { type: 'StepApproved', run, step: 'failover', hash: 'abc', until: openedAt + 900_000, glass: null },
      person('minji'),
    ],
    [41, { type: 'StepIntended', run, step: 'failover', attempt: 1, hash: 'abc' }],
    finished('failover', 43, 'pass', '127.0.0.1:6380 is the master now'),
    finished('after', 60, 'pass', 'One master, one replica in sync, the old master follows', [
      ['127.0.0.1:6380', 'master', 'up', ''],
      ['127.0.0.1:6381', 'slave', 'up', '0 B'],
      ['127.0.0.1:6379', 'slave', 'up', '0 B'],
    ]),
    [
      70,
      { type: 'AlertsResolved', alerts: [{ fingerprint: 'f1', at: openedAt + 68_000 }] },
      { kind: 'alertmanager', receiver: 'muster' },
    ],
    [71, { type: 'RecoveryProposed', rule: 'all-alerts-resolved' }],
    [754, { type: 'Resolved', rule: 'person', reason: 'Orders are written again' }, person('minji')],
    [755, { type: 'PostmortemRequested', rule: 'postmortem-on-P1' }],
  ]);

/** Names as a workspace would give them, and a zone. */
export const context = {
  nameOf: (id: string) => ({ minji: 'Kim Minji', jun: 'Park Jun', hana: 'Lee Hana' })[id] ?? id,
  timezone: 'Asia/Seoul',
  channelUrl: 'https://acme.slack.com/archives/C1',
  labels: ['postmortem'],
  reviewers: ['minji-k'],
  drawChart: ({ title }: Chart) => ({ svg: `<svg>${title}</svg>\n`, alt: `Chart of ${title}` }),
};
