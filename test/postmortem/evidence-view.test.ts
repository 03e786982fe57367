import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { Live } from '../../src/incident/state.ts';
import { evidenceView, exhibitsView } from '../../src/postmortem/evidence-view.ts';
import { postmortemView } from '../../src/postmortem/view.ts';
import { changeStep, readStep, runbookOf } from '../incident/change.ts';
import { person, play, receive, t0 } from '../incident/given.ts';

const run = 'redis@1';
const by = person('x');
const approvers = { roles: [], people: ['minji', 'sora'], count: 2 as const };
const report = (verdict: 'fail' | 'pass', sentence: string) => ({
  verdict,
  sentence,
  evidence: { columns: ['node'], rows: [[sentence]] },
  facts: {},
  startedAt: t0,
  ms: 5,
});
const look = { run, step: 'quorum', attempt: 1 };
const change = { run, step: 'failover', hash: 'h' };
const played = play(
  receive(),
  {
    type: 'StartRunbook',
    at: t0,
    by,
    runbook: runbookOf([readStep, { ...changeStep, approvers }]),
    rule: 'matched',
  },
  { type: 'RecordStep', at: t0, by, ...look, report: report('fail', 'Two Sentinels are away.') },
  { type: 'ProposeStep', at: t0, by, ...change, preview: 'SENTINEL FAILOVER' },
  { type: 'ApproveStep', at: t0, by: person('minji'), ...change, glass: null },
  { type: 'ApproveStep', at: t0, by: person('sora'), ...change, glass: null },
  { type: 'RecheckStep', at: t0, by, ...look, report: report('pass', 'All is well.') },
  {
    type: 'AddEvidence',
    at: t0,
    by: person('minji'),
    exhibit: {
      key: 'k',
      kind: 'load',
      title: 'k6',
      data: null,
      ...report('fail', '12 % of the requests failed.'),
    },
  },
);
const state = played.state as Live;

it('keeps what a look found while it hurt, though a later one finds all well', () => {
  expect(evidenceView(state, 'UTC', [])[0]!.steps[0]).toMatchObject({
    verdict: 'failed',
    sentence: 'Two Sentinels are away.',
    rows: [['Two Sentinels are away.']],
  });
  const { findings } = postmortemView(
    { id: 1, version: 1, events: played.events, state },
    { nameOf: (one) => one, timezone: 'UTC', channelUrl: null },
  );
  expect(findings).toEqual([{ step: 'Fail over', sentence: 'Two Sentinels are away.' }]);
});

it('shows what people handed in like one more runbook', () => {
  expect(exhibitsView(state, 'UTC')).toMatchObject([
    {
      title: 'Handed in',
      run: '',
      steps: [{ title: 'k6', kind: 'load run', verdict: 'failed', target: '' }],
    },
  ]);
});

it('names both who approved', () => {
  const { changes } = postmortemView(
    { id: 1, version: 1, events: played.events, state },
    { nameOf: (one) => one, timezone: 'UTC', channelUrl: null },
  );
  expect(changes).toMatchObject([{ by: 'minji, sora' }]);
});

it('is empty where nothing was handed in', () => {
  const none: Command[] = [receive()];
  expect(exhibitsView(play(...none).state as Live, 'UTC')).toEqual([]);
});
