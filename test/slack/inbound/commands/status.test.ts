import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';
import { failover } from '../memory.ts';

test('a new incident, in either language', async () => {
  const { memory, type, clock } = tryVerbs();
  const id = await memory.alerted('Orders: <!channel> down');
  clock.now += 12 * 60_000;
  expect((await type('U0JUN', 'status', id))!.split('\n')).toEqual([
    '*P1 inc-1* Orders: &lt;!channel&gt; down',
    'Open for 12 min',
    '1 alert firing, not acknowledged',
    '*IC* Lee Jun (proposed)',
    '*Comms* nobody',
    '*Ops* nobody',
    'No update posted yet.',
  ]);
  expect((await type('U0MINJI', '상태', id))!.split('\n')[1]).toBe('진행 중 12분째');
});

test('a busy incident', async () => {
  const { memory, type, report, clock } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  await type('U0JUN', 'role ic me', id);
  await type('U0JUN', 'handoff sora', id);
  await type('U0SORA', 'ack', id);
  await type('U0SORA', 'update *failing* over', id);
  await type('U0JUN', 'runbook start redis-sentinel', id);
  const { run } = failover;
  await report(id, { type: 'SkipStep', run, step: 'quorum', why: 'not needed' });
  await report(id, { type: 'ProposeStep', run, step: 'failover', hash: 'h', preview: 'p' });
  clock.now += 5 * 60_000;
  const text = await type('U0JUN', 'status', id);
  expect(text).toContain('*IC* Lee Jun (offered to Park Sora)');
  expect(text).toContain('acknowledged by Park Sora');
  expect(text).toContain(
    '*Runbook* Redis with Sentinel: 1 of 3 steps done, Step failover waits for approval',
  );
  expect(text).toContain('Last update 5 min ago: ∗failing∗ over');
});

test('a resolved incident with its postmortem', async () => {
  const { memory, type, report, clock } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  await type('U0JUN', 'resolve done', id);
  clock.now += 2 * 3_600_000;
  await report(id, {
    type: 'RecordPullRequest',
    number: null,
    url: '/data/pm.git',
    branch: 'postmortem/inc-1',
    sha: 's',
  });
  const text = await type('U0JUN', 'status', id);
  expect(text).toContain('Resolved 2 h ago');
  expect(text).not.toContain('alert firing');
  expect(text, 'a local path is no link').toContain('*Postmortem* postmortem/inc-1 (in review)');
});
