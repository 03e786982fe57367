import type { Button } from '@slack/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, buttons } from '../../../src/slack/blocks.ts';
import { failover } from './memory.ts';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

describe.each(['http', 'socket'] satisfies Mode[])('a click over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  /** Posts buttons as the card does. */
  const post = async (channel: string, ...row: Button[]): Promise<string> => {
    const args = { channel, text: 'card', blocks: [buttons(...row)] };
    return String((await at.deps.call('chat.postMessage', args)).ts);
  };
  const press = (user: string, channel: string, ts: string, action: string) =>
    at.answer(user, channel, () => at.slack.as(user).click(channel, ts, action));
  const muster = { kind: 'muster', rule: 'test' } as const;
  const { run } = failover;

  /** An incident whose runbook waits for approval of its change; Jun is its commander. */
  const withProposal = async () => {
    const made = await at.incident();
    const tell = (command: object) =>
      at.memory.handle(made.id, { at: at.deps.now(), by: muster, ...command } as never);
    await tell({ type: 'StartRunbook', runbook: failover, rule: 'matched' });
    await tell({ type: 'ProposeStep', run, step: 'failover', hash: 'h1', preview: 'SENTINEL FAILOVER' });
    const step = { incident: made.id, run, step: 'failover' };
    const ts = await post(
      made.channel,
      button('Approve', 'approve-step', { ...step, hash: 'h1' }),
      button('Decline', 'decline-step', step),
      button('Glass', 'break-glass', { ...step, hash: 'h1' }),
      button('Again', 'rerun-step', step),
      button('Done', 'manual-done', { ...step, step: 'call-the-vendor' }),
    );
    const phase = (id: string) =>
      at.memory.of(made.id).state.runs[0]!.steps.find((one) => one.id === id)!.phase;
    return { ...made, ts, phase, tell };
  };

  test('acknowledges, also from a direct message, and says so', async () => {
    const { id } = await at.incident();
    const dm = at.slack.as('U0SORA').dm().id;
    const ts = await post(dm, button('Acknowledge', 'acknowledge', { incident: id }));
    expect((await press('U0SORA', dm, ts, 'acknowledge')).text).toContain('You have acknowledged');
    expect((await press('U0SORA', dm, ts, 'acknowledge')).text).toContain(
      'already acknowledged by Park Sora',
    );
    expect(at.memory.of(id).state.acknowledged?.person).toBe('sora');
  });

  test('acknowledges a page that was sent before its incident could be opened', async () => {
    const dm = at.slack.as('U0SORA').dm().id;
    const next = at.memory.incidents.size + 1;
    const value = JSON.stringify({ group: `key-${next}` });
    const text = { type: 'plain_text', text: 'Acknowledge' } as const;
    const ts = await post(dm, { type: 'button', text, action_id: 'acknowledge-group', value });
    expect((await press('U0SORA', dm, ts, 'acknowledge-group')).text).toContain('could not be opened yet');
    const { id } = await at.incident();
    expect((await press('U0SORA', dm, ts, 'acknowledge-group')).text).toContain(`acknowledged inc-${id}`);
  });

  test('accepts what was offered, and nothing else', async () => {
    const { id, channel } = await at.incident();
    const ts = await post(channel, button('Accept', 'accept-role', { incident: id, role: 'ic' }));
    expect((await press('U0MINJI', channel, ts, 'accept-role')).text).toContain('제안받은 상태가 아닙니다');
    expect((await press('U0JUN', channel, ts, 'accept-role')).text).toContain(
      'You are now: Incident Commander',
    );
    expect(at.memory.of(id).state.roles.ic).toMatchObject({ person: 'jun', accepted: true });
  });

  test('hands a role over only when the other accepts', async () => {
    const { id, channel } = await at.incident();
    const ts = await post(
      channel,
      button('Accept', 'accept-role', { incident: id, role: 'ic' }),
      button('Decline', 'decline-handoff', { incident: id, role: 'ic' }),
    );
    await press('U0JUN', channel, ts, 'accept-role');
    const type = (user: string, text: string) =>
      at.answer(user, channel, () => at.slack.as(user).command(channel, '/incident', text));
    expect((await type('U0JUN', 'handoff <@U0SORA|sora>')).text).toContain('offered to Park Sora');
    expect(at.memory.of(id).state.roles.ic.person).toBe('jun');
    expect((await press('U0SORA', channel, ts, 'decline-handoff')).text).toContain('You declined');
    await type('U0JUN', 'handoff ic sora');
    await press('U0SORA', channel, ts, 'accept-role');
    expect(at.memory.of(id).state.roles.ic.person).toBe('sora');
  });

  test('approves what was shown, by somebody who may', async () => {
    const { channel, ts, phase } = await withProposal();
    expect((await press('U0SORA', channel, ts, 'approve-step')).text).toContain('not among those who may');
    expect((await press('U0GUEST', channel, ts, 'approve-step')).text).toContain('Guests');
    expect(phase('failover').is).toBe('proposed');
    expect((await press('U0JUN', channel, ts, 'approve-step')).text).toContain('You approved');
    expect(phase('failover')).toMatchObject({ is: 'approved', by: ['jun'], glass: null });
    expect((await press('U0JUN', channel, ts, 'approve-step')).text).toContain('approved already');
  });

  test('does not approve one’s own wish, nor what has changed since', async () => {
    const { channel, ts, tell } = await withProposal();
    expect((await press('U0JUN', channel, ts, 'decline-step')).text).toContain('You declined');
    expect((await press('U0JUN', channel, ts, 'rerun-step')).text).toContain('runs again');
    await tell({ type: 'ProposeStep', run, step: 'failover', hash: 'h1', preview: 'x' });
    expect((await press('U0JUN', channel, ts, 'approve-step')).text).toContain(
      'somebody else has to approve',
    );
    const other = await withProposal();
    await other.tell({ type: 'DeclineStep', run, step: 'failover', reason: null });
    await other.tell({ type: 'RequestStep', run, step: 'failover' });
    await other.tell({ type: 'ProposeStep', run, step: 'failover', hash: 'h2', preview: 'y' });
    expect((await press('U0JUN', other.channel, other.ts, 'approve-step')).text).toContain(
      'has changed since',
    );
  });

  test('breaks the glass only with a reason, which is recorded', async () => {
    const { channel, ts, phase } = await withProposal();
    const sora = at.slack.as('U0SORA');
    await sora.click(channel, ts, 'break-glass');
    const form = await at.modal('U0SORA');
    const refused = await sora.submit(form.id, { reason: '   ' });
    expect(refused.errors.reason).toBe('Please give a reason.');
    expect(phase('failover').is).toBe('proposed');
    const told = await at.answer('U0SORA', channel, () =>
      sora.submit(form.id, { reason: 'the shop is down' }),
    );
    expect(told.text).toContain('You approved');
    expect(phase('failover')).toMatchObject({ is: 'approved', by: ['sora'], glass: 'the shop is down' });
  });

  test('answers a manual step', async () => {
    const { channel, ts, phase } = await withProposal();
    expect((await press('U0ARI', channel, ts, 'manual-done')).text).toContain('‘완료’로 기록');
    expect(phase('call-the-vendor')).toMatchObject({ is: 'over' });
    expect((await press('U0JUN', channel, ts, 'manual-done')).text).toContain('answered already');
  });

  test('resolves through a form, confirms a recovery at once, reopens', async () => {
    const { id, channel } = await at.incident();
    const incident = { incident: id };
    const ts = await post(
      channel,
      button('Resolve', 'resolve', incident),
      button('Recovered', 'confirm-recovery', incident),
      button('Reopen', 'reopen', incident),
    );
    await at.slack.as('U0JUN').click(channel, ts, 'resolve');
    const form = await at.modal('U0JUN');
    expect(JSON.stringify(form.blocks)).toContain('1 alert still fires');
    await at.answer('U0JUN', channel, () => at.slack.as('U0JUN').submit(form.id, { reason: 'rolled back' }));
    expect(at.memory.of(id).state.status).toMatchObject({ is: 'resolved', reason: 'rolled back' });
    expect((await press('U0JUN', channel, ts, 'reopen')).text).toContain('open again');
    expect((await press('U0JUN', channel, ts, 'confirm-recovery')).text).toContain('is resolved');
    expect((await press('U0SORA', channel, ts, 'confirm-recovery')).text).toContain('resolved already');
  });

  test('on a link does nothing more, and on an unknown button says where to look', async () => {
    const { id, channel } = await at.incident();
    const label = { type: 'plain_text', text: 'Old' } as const;
    const link = {
      type: 'button',
      text: label,
      action_id: 'open-runbook',
      url: 'https://example.com/',
    } as const;
    const ts = await post(
      channel,
      { ...link, text: label },
      { type: 'button', text: label, action_id: 'from-an-older-version', value: '{}' },
      { type: 'button', text: label, action_id: 'acknowledge', value: '{"incident":"DROP"}' },
    );
    expect((await press('U0JUN', channel, ts, 'from-an-older-version')).text).toContain('out of date');
    expect((await press('U0JUN', channel, ts, 'acknowledge')).text).toContain('out of date');
    const told = at.told('U0JUN', channel).length;
    const { delivery } = await at.slack.as('U0JUN').click(channel, ts, 'open-runbook');
    expect(delivery).toMatchObject({ status: 200, problem: undefined });
    expect(at.told('U0JUN', channel)).toHaveLength(told);
    expect(at.memory.of(id).state.acknowledged).toBeNull();
  });
});
