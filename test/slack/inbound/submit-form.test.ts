import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

describe.each(['http', 'socket'] satisfies Mode[])('a form over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  const open = async (user: string, channel: string, text: string) => {
    await at.slack.as(user).command(channel, '/incident', text);
    return at.modal(user);
  };
  const submit = (user: string, channel: string, view: string, values: Record<string, string>) =>
    at.answer(user, channel, () => at.slack.as(user).submit(view, values));

  test('asks the questions that make a severity, and declares', async () => {
    const form = await open('U0MINJI', at.general, 'declare 결제가 안 돼요');
    expect(form.content.title).toMatchObject({ text: '인시던트 선언' });
    const texts = JSON.stringify(form.blocks);
    expect(texts).toContain('P1에 해당');
    expect(texts).toContain('주요 기능: checkout');
    const told = await submit('U0MINJI', at.general, form.id, {
      question: 'payment-or-login',
      service: 'orders',
    });
    expect(told.text).toMatch(/\*P1\* inc-\d+ 인시던트를 선언했습니다/);
    const made = [...at.memory.incidents.values()].at(-1)!;
    expect(made.state).toMatchObject({
      title: '결제가 안 돼요',
      severity: 'P1',
      rule: 'question:payment-or-login',
      service: 'orders',
      source: 'person',
    });
  });

  test('is not needed where everything is typed', async () => {
    const told = await at.answer('U0JUN', at.general, () =>
      at.slack.as('U0JUN').command(at.general, '/incident', 'declare p2 orders checkout fails &amp; hangs'),
    );
    expect(told.text).toContain('P2');
    const made = [...at.memory.incidents.values()].at(-1)!;
    expect(made.state).toMatchObject({
      title: 'orders checkout fails & hangs',
      severity: 'P2',
      service: 'orders',
    });
  });

  test('opens inside three seconds although its data takes longer, and is filled then', async () => {
    const { channel } = await at.incident();
    at.slack.faults.next('views.update', { kind: 'slow', ms: 300 });
    const { modal } = await at.slack.as('U0SORA').command(channel, '/incident', 'update');
    const skeleton =
      modal ??
      (await at.slack.until('a skeleton', () =>
        [...at.slack.world.views.values()].find((view) => view.open && view.user === 'U0SORA'),
      ));
    expect(skeleton.content.submit).toBeUndefined();
    const form = await at.modal('U0SORA');
    expect(form.id).toBe(skeleton.id);
    expect(form.content.submit).toMatchObject({ text: 'Post' });
    await at.slack.as('U0SORA').closeView(form.id);
  });

  test('posts an update with condition, actions and needs', async () => {
    const { id, channel } = await at.incident();
    const form = await open('U0JUN', channel, 'update');
    const values = { text: 'Half of the orders fail', actions: 'failing over', needs: 'a database person' };
    expect((await submit('U0JUN', channel, form.id, values)).text).toBe('Update posted.');
    expect(at.memory.of(id).state.lastUpdate?.text).toBe(
      'Half of the orders fail\nActions: failing over\nNeeds: a database person',
    );
  });

  test('changes severity and roles', async () => {
    const { id, channel } = await at.incident();
    const severity = await open('U0JUN', channel, 'severity');
    expect((await submit('U0JUN', channel, severity.id, { to: 'P2', reason: 'one region' })).text).toContain(
      'P2',
    );
    const role = await open('U0JUN', channel, 'role comms');
    expect((await submit('U0JUN', channel, role.id, { person: 'U0ARI' })).text).toContain('is proposed');
    expect(at.memory.of(id).state).toMatchObject({
      severity: 'P2',
      roles: { comms: { person: 'slack:U0ARI' } },
    });
    const handoff = await open('U0JUN', channel, 'handoff');
    expect((await submit('U0JUN', channel, handoff.id, { person: 'U0SORA' })).text).toContain('Park Sora');
    expect(at.memory.of(id).state.roles.ic.person).toBe('sora');
  });

  test('starts a runbook', async () => {
    const { id, channel } = await at.incident();
    const form = await open('U0JUN', channel, 'runbook start');
    const told = await submit('U0JUN', channel, form.id, { choice: 'start:redis-sentinel' });
    expect(told.text).toContain('Runbook started: Redis with Sentinel');
    expect(at.memory.of(id).state.runs).toHaveLength(1);
  });

  test('opened outside an incident asks which one', async () => {
    const { id } = await at.incident('Search: slow', 'P2');
    const form = await open('U0JUN', at.general, 'resolve');
    const told = await submit('U0JUN', at.general, form.id, { incident: String(id), reason: 'cache warmed' });
    expect(told.text).toContain(`inc-${id} is resolved`);
    expect(at.memory.of(id).state.status).toMatchObject({ is: 'resolved', reason: 'cache warmed' });
  });

  test('shows its errors beside the inputs', async () => {
    const { channel } = await at.incident();
    const form = await open('U0JUN', channel, 'note');
    const wrong = await at.slack.as('U0JUN').submit(form.id, { text: '  ' });
    expect(wrong.errors).toEqual({ text: 'Please fill this in.' });
    await submit('U0JUN', channel, form.id, { text: 'now with a text' });
  });

  test('says no to a guest, and to an incident that is not there', async () => {
    const { channel } = await at.incident();
    const form = await open('U0GUEST', channel, 'severity');
    expect(JSON.stringify(form.blocks)).toContain('Guests can read');
    expect(form.content.submit).toBeUndefined();
    await at.slack.as('U0GUEST').closeView(form.id);
    const gone = await open('U0JUN', channel, 'note inc-998');
    expect(JSON.stringify(gone.blocks)).toContain('no incident inc-998');
    await at.slack.as('U0JUN').closeView(gone.id);
  });

  test('that Slack does not open is answered with what to type', async () => {
    const { channel } = await at.incident();
    at.slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    const told = await at.answer('U0JUN', channel, () =>
      at.slack.as('U0JUN').command(channel, '/incident', 'severity'),
    );
    expect(told.text).toContain('/incident severity P1|P2|P3|P4 [reason]');
    expect(at.slack.faults.happened.map(({ method }) => method)).toContain('views.open');
  });
});
