import type { Command } from '../../src/incident/commands.ts';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { replay } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/state.ts';
import type { PinnedStep } from '../../src/incident/steps.ts';
import type { Actor, Alert, Language, Severity } from '../../src/incident/words.ts';
import type { Sight } from '../../src/slack/pen.ts';

/** Two minutes past two on a Monday morning in Seoul. */
export const start = Date.UTC(2026, 10, 22, 17, 2, 0);
export const minutes = (count: number): number => start + count * 60_000;

export const muster: Actor = { kind: 'muster', rule: 'test' };
export const by = (person: string): Actor => ({ kind: 'person', person, via: 'slack' });

const names: Record<string, string> = {
  minji: 'Kim Minji',
  jun: 'Lee Jun',
  hana: 'Park Hana',
  gone: 'Choi Gone',
};
const accounts: Record<string, string> = { minji: 'U0MINJI', jun: 'U0JUN', gone: 'U0GONE' };

/** Who people are in these tests; Hana has no Slack account and Gone's is deactivated. */
export const sight: Sight = {
  nameOf: (person) => names[person] ?? person,
  slackOf: (person) => accounts[person] ?? null,
  timezone: 'Asia/Seoul',
};

export const alert = (name: string, changes: Partial<Alert> = {}): Alert => ({
  fingerprint: name,
  name,
  severity: 'P1',
  labels: { alertname: name },
  summary: `${name} of orders`,
  startsAt: start,
  ...changes,
});

type Given = {
  title?: string;
  language?: Language;
  severity?: Severity;
  alerts?: Alert[];
  comms?: string | null;
};

/** The command that opens an incident, with Minji as commander and Jun for operations. */
export function opening(given: Given = {}): Command {
  const treatment = { page: true, channel: true };
  return {
    type: 'ReceiveAlerts',
    at: start,
    by: { kind: 'alertmanager', receiver: 'muster' },
    opening: {
      key: 'orders',
      title: given.title ?? 'Redis master is down',
      severity: given.severity ?? 'P1',
      rule: 'label-severity-critical',
      grouping: 'alertname, service',
      service: 'orders',
      language: given.language ?? 'en',
      treatments: { P1: treatment, P2: treatment, P3: treatment, P4: { page: false, channel: false } },
      roles: [
        { role: 'ic', person: 'minji', rule: 'platform primary' },
        { role: 'ops', person: 'jun', rule: 'platform secondary' },
        { role: 'comms', person: given.comms === undefined ? 'hana' : given.comms, rule: 'comms primary' },
      ],
    },
    firing: given.alerts ?? [alert('RedisMasterDown')],
    resolved: [],
    truncated: 0,
    reopenWithinMs: 30 * 60_000,
  };
}

const step = (id: string, changes: Partial<PinnedStep> = {}): PinnedStep => ({
  id,
  uses: 'redis-sentinel',
  title: id,
  effect: 'read',
  input: {},
  target: 'redis-sentinel orders-master',
  preview: null,
  condition: null,
  needs: [],
  check: null,
  approvers: { roles: ['ic', 'ops'], people: [], count: 1 as const },
  location: null,
  timeoutMs: 10_000,
  ...changes,
});

/** A runbook with one look, one change and one thing for a person. */
export const runbook = {
  run: 'redis-sentinel@abc123',
  name: 'redis-sentinel',
  version: 'abc123',
  title: 'Redis Sentinel',
  url: 'https://runbooks.example.com/redis-sentinel',
  steps: [
    step('quorum', { title: 'Sentinels reach a quorum' }),
    step('master', { title: 'The master answers' }),
    step('failover', {
      title: 'Fail over to a replica',
      effect: 'change',
      preview: 'SENTINEL FAILOVER orders-master\non 127.0.0.1:26379',
    }),
    step('tell', { title: 'Tell support', effect: 'manual', preview: 'Call the support desk.' }),
  ],
};

const run = runbook.run;
const report = (verdict: 'pass' | 'fail', sentence: string) => ({
  verdict,
  sentence,
  ...(verdict === 'fail' && { cause: 'quorum-lost' }),
  evidence: {
    columns: ['Sentinel', 'answers'],
    rows: [
      ['127.0.0.1:26379', 'yes'],
      ['127.0.0.1:26380', 'no'],
    ],
  },
  facts: {},
  startedAt: minutes(1),
  ms: 20,
});

/** A whole incident, as commands in their order, each a few seconds after the other. */
export const story: readonly Command[] = [
  opening(),
  {
    type: 'StartLevel',
    level: { round: 1, level: 1, people: ['minji'], via: ['slack'], fallback: [], rule: 'policy P1' },
  },
  {
    type: 'RecordPage',
    page: { type: 'PageSent', key: 'p1', round: 1, level: 1, person: 'minji', pager: 'slack' },
  },
  { type: 'Acknowledge', by: by('minji') },
  { type: 'AcceptRole', role: 'ic', by: by('minji') },
  { type: 'StartRunbook', runbook, rule: 'service orders' },
  {
    type: 'RecordStep',
    run,
    step: 'quorum',
    attempt: 1,
    report: report('fail', '1 of 3 Sentinels answers; 2 are needed.'),
  },
  {
    type: 'RecordStep',
    run,
    step: 'master',
    attempt: 1,
    report: report('pass', 'The master answers in 2 ms.'),
  },
  {
    type: 'ProposeStep',
    run,
    step: 'failover',
    hash: 'h1',
    preview: 'SENTINEL FAILOVER orders-master',
  },
  { type: 'ApproveStep', run, step: 'failover', hash: 'h1', glass: null, by: by('jun') },
  { type: 'IntendStep', run, step: 'failover', attempt: 1, hash: 'h1' },
  {
    type: 'RecordStep',
    run,
    step: 'failover',
    attempt: 1,
    report: report('pass', 'The replica was promoted.'),
  },
  { type: 'RecordStepStarted', run, step: 'tell', attempt: 1 },
  { type: 'AnswerManual', run, step: 'tell', answer: { done: true, note: null }, by: by('jun') },
  { type: 'PostUpdate', text: 'Orders flow again.', audience: 'channel', by: by('minji') },
  { type: 'Resolve', rule: 'person', reason: 'Failover done', by: by('minji') },
  { type: 'RequestPostmortem', rule: 'resolved' },
  {
    type: 'RecordPullRequest',
    number: 7,
    url: 'https://github.example.com/o/r/pull/7',
    branch: 'postmortem/inc-42',
    sha: 'a1',
  },
  { type: 'RecordPullRequestClosed', merged: true, closer: 'jun-l' },
].map((command, index) => ({ at: start + index * 4000, by: muster, ...command }) as Command);

/** Applies a command to a log; a refusal is a mistake of the test. */
export function apply(events: IncidentEvent[], command: Command): IncidentEvent[] {
  const decision = decide(command, replay(events));
  if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.refused}`);
  return [...events, ...decision];
}

/** The incident that a log amounts to. */
export function incidentOf(events: IncidentEvent[], id = 42): Incident {
  return { id, version: events.length, events, state: replay(events)! };
}

/** An incident after some commands, with a channel and a card. */
export function incidentAfter(...commands: Command[]): Incident {
  const placed: Command[] = [
    { type: 'RecordChannel', channel: 'C0INC', name: 'inc-42', at: start, by: muster },
    { type: 'RecordCard', channel: 'C0INC', ts: '1.1', at: start, by: muster },
  ];
  const [first, ...rest] = commands;
  return incidentOf([first!, ...placed, ...rest].reduce(apply, [] as IncidentEvent[]));
}
