import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signature } from '../../../src/sandbox/slack/deliver.ts';
import { type Mode, startWorkspace, type Workspace } from './workspace.ts';

describe.each(['http', 'socket'] satisfies Mode[])('requests over %s', (mode) => {
  let at: Workspace;
  beforeAll(async () => {
    at = await startWorkspace(mode);
  });
  afterAll(() => at.stop());

  /** Sends the newest request of this kind again, changed where a test wants it so. */
  const again = async (kind: 'command' | 'interactive' | 'event', change: object = {}) => {
    const last = at.slack.journal.deliveries.findLast((one) => one.kind === kind)!;
    return send(kind, { ...last.payload, ...change });
  };
  const send = (kind: 'command' | 'interactive' | 'event', payload: object) =>
    mode === 'socket'
      ? at.slack.socket.deliver({ kind, type: 'sent by hand', payload: { ...payload } })
      : post(at, kind, payload);
  const type = (user: string, channel: string, text: string) =>
    at.answer(user, channel, () => at.slack.as(user).command(channel, '/incident', text));

  test('are acknowledged at once, however long the work takes', async () => {
    const { channel } = await at.incident();
    at.slack.faults.next('users.info', { kind: 'slow', ms: 2500 });
    await type('U0GUEST', channel, 'status');
    const { ms, status, body } = at.slack.journal.deliveries.at(-1)!;
    expect(status).toBe(200);
    expect(body || {}, 'nothing is said in the acknowledgement itself').toEqual({});
    expect(ms).toBeLessThan(2000);
    expect(at.slack.faults.happened.map(({ method }) => method)).toContain('users.info');
  });

  test('delivered again have no second effect', async () => {
    const { id, channel } = await at.incident();
    await type('U0JUN', channel, 'note only once');
    const told = at.told('U0JUN', channel).length;
    expect(await again('command')).toMatchObject({ status: 200 });
    await type('U0JUN', channel, 'status');
    expect(at.told('U0JUN', channel)).toHaveLength(told + 1);
    expect(at.memory.of(id).events.filter((event) => event.type === 'NoteAdded')).toHaveLength(1);
  });

  test('of another workspace are acknowledged and dropped', async () => {
    const { id, channel } = await at.incident();
    await type('U0JUN', channel, 'status');
    const foreign = { team_id: 'T0OTHER', text: 'ack', trigger_id: `foreign-${mode}` };
    expect((await again('command', foreign)).status).toBe(200);
    await type('U0JUN', channel, 'list');
    expect(at.memory.of(id).state.acknowledged).toBeNull();
  });

  test('of a shape that nobody knows change nothing and harm nobody', async () => {
    const { id, channel } = await at.incident();
    await type('U0JUN', channel, 'status');
    const user = { id: 'U0JUN' };
    const value = JSON.stringify({ incident: id });
    const click = { type: 'block_actions', team: { id: at.deps.app.teamId }, user, trigger_id: 'o1' };
    const odd: object[] = [
      { ...click, actions: [] },
      { ...click, actions: 'acknowledge' },
      { ...click, user: 17, actions: [{ type: 'button', action_id: 'acknowledge', value }] },
      { ...click, actions: [{ type: 'button', action_id: '__proto__', value }] },
      { ...click, trigger_id: { $gt: '' }, actions: [{ type: 'button', action_id: 'acknowledge', value }] },
      { ...click, type: 'view_submission', view: { callback_id: 'incident-form', private_metadata: '[[' } },
      { ...click, type: 'message_action', callback_id: 'add_to_timeline', message: null, channel: user },
    ];
    await Promise.all(odd.map((payload) => send('interactive', payload)));
    expect((await type('U0JUN', channel, 'status')).text).toContain(`inc-${id}`);
    expect(at.memory.of(id).events.filter((event) => event.by.kind === 'person')).toEqual([]);
  });

  test('are worked on while Slack cannot say who somebody is, for people of muster.yaml only', async () => {
    const { id, channel } = await at.incident();
    at.slack.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 9);
    at.clock.ahead += 11 * 60_000;
    await at.slack.as('U0JUN').command(channel, '/incident', 'ack');
    await at.slack.until('an acknowledgement', () => at.memory.of(id).state.acknowledged);
    expect(at.slack.faults.happened.some(({ method }) => method === 'users.info')).toBe(true);
    const told = await type('U0ARI', channel, 'note who am I?');
    expect(told.text).toContain('Slack did not tell me who you are');
  });
});

/** Sends a signed request; `headers` and `body` replace what a good one has. */
async function post(
  at: Workspace,
  kind: 'command' | 'interactive' | 'event',
  payload: object,
  forged: { headers?: Record<string, string | undefined>; body?: string; secondsAhead?: number } = {},
) {
  const form = new URLSearchParams(payload as Record<string, string>).toString();
  const wrapped =
    kind === 'command' ? form : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const body = forged.body ?? (kind === 'event' ? JSON.stringify(payload) : wrapped);
  const timestamp = Math.floor(at.deps.now() / 1000) + (forged.secondsAhead ?? 0);
  const headers = {
    'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature(at.signingSecret, timestamp, body),
    ...forged.headers,
  };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(at.url, { method: 'POST', headers: Object.fromEntries(given), body });
  return { status: response.status, text: await response.text() };
}

describe('the HTTP door', () => {
  let at: Workspace;
  let command: Record<string, string>;
  beforeAll(async () => {
    at = await startWorkspace('http');
    const { channel } = await at.incident();
    await at.answer('U0JUN', channel, () => at.slack.as('U0JUN').command(channel, '/incident', 'status'));
    command = at.slack.journal.deliveries.at(-1)!.payload as Record<string, string>;
  });
  afterAll(() => at.stop());

  const acknowledged = () => at.memory.of(1).state.acknowledged;
  const ackCommand = () => ({ ...command, text: 'ack', trigger_id: `t${Math.random()}` });

  test.each([
    ['without a signature', { headers: { 'x-slack-signature': undefined } }, 401],
    ['with a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }, 401],
    ['with a wrong signature', { headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } }, 401],
    ['with a signature of no shape', { headers: { 'x-slack-signature': '' } }, 401],
    ['without a timestamp', { headers: { 'x-slack-request-timestamp': undefined } }, 401],
    ['with a timestamp that is no number', { headers: { 'x-slack-request-timestamp': 'NaN' } }, 401],
    ['well signed six minutes ago', { secondsAhead: -360 }, 401],
    ['well signed for six minutes ahead', { secondsAhead: 360 }, 401],
    ['well signed for next year', { secondsAhead: 31_536_000 }, 401],
    ['of two megabytes', { body: `text=${'x'.repeat(2_000_000)}` }, 413],
    ['of a form that carries broken JSON', { body: 'payload=%7Bnot-json' }, 400],
    ['of a JSON null', { body: 'payload=null' }, 500],
  ])('refuses a request %s', async (_what, forged, status) => {
    expect((await post(at, 'command', ackCommand(), forged)).status).toBe(status);
    expect(acknowledged()).toBeNull();
  });

  test('answers Slack’s challenge for its address', async () => {
    expect(await at.slack.verifyRequestUrl()).toBe(true);
  });

  test('still works after all that, four minutes off included', async () => {
    const answer = await post(at, 'command', ackCommand(), { secondsAhead: 240 });
    expect(answer).toEqual({ status: 200, text: '' });
    await at.slack.until('an acknowledgement', () => acknowledged() ?? undefined);
  });
});

test('while the store is away people hear that nothing was recorded', async () => {
  const at = await startWorkspace('http', { seen: () => Promise.reject(new Error('no Redis')) });
  try {
    const { id, channel } = await at.incident();
    const told = await at.answer('U0MINJI', channel, () =>
      at.slack.as('U0MINJI').command(channel, '/incident', 'ack'),
    );
    expect(told.text).toContain('저장소에 연결할 수 없어');
    expect(at.memory.of(id).state.acknowledged).toBeNull();
  } finally {
    await at.stop();
  }
});
