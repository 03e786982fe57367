import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBreaker } from '../../src/kit/breaker.ts';
import type { Failure } from '../../src/kit/failure.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { createSlackCall } from '../../src/slack/client.ts';
import { answerOf, refusalOf } from '../../src/slack/failure-of.ts';
import { createSchedule } from '../../src/slack/schedule.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';

let slack: SlackServer;
beforeAll(async () => {
  slack = await startWorkspace();
});
afterAll(() => slack.close());

const callWith = (
  changes: { token?: string; apiUrl?: string; patienceMs?: number; openMs?: number; timeoutMs?: number } = {},
) =>
  createSlackCall(
    {
      token: changes.token ?? slack.app.botToken,
      apiUrl: changes.apiUrl ?? slack.apiUrl,
      timeoutMs: changes.timeoutMs ?? 10_000,
    },
    {
      schedule: createSchedule({ patienceMs: changes.patienceMs ?? 0 }),
      breaker: createBreaker({ openMs: changes.openMs ?? 30_000 }),
    },
  );

const failure = async (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('the call went well');
    },
    (error: Failure) => error,
  );

test('an answer is the answer', async () => {
  const answer = await callWith()<{ user_id: string }>('auth.test', {});
  expect(answer.user_id).toBe(slack.app.botUser);
});

const rows: [string, Fault, object][] = [
  ['429', { kind: 'rate', retryAfter: 7 }, { code: 'rate-limited', retryAfterMs: 7000 }],
  [
    '429 without Retry-After',
    { kind: 'rate', retryAfter: undefined },
    { code: 'rate-limited', retryAfterMs: 1000 },
  ],
  [
    '429 with a broken Retry-After',
    { kind: 'rate', retryAfter: 'soon' },
    { code: 'rate-limited', retryAfterMs: 1000 },
  ],
  ['HTTP 503', { kind: 'status', status: 503, when: 'before' }, { code: 'http-5xx', retry: 'later' }],
  ['a cut connection', { kind: 'reset', when: 'before' }, { code: 'connection-lost', retry: 'later' }],
  ['silence', { kind: 'hang', when: 'before' }, { code: 'timeout', retry: 'later' }],
  ['rate_limited', { kind: 'error', error: 'rate_limited' }, { code: 'rate-limited', retryAfterMs: 1000 }],
  [
    'internal_error',
    { kind: 'error', error: 'internal_error' },
    { code: 'slack-internal-error', retry: 'later' },
  ],
  [
    'missing_scope',
    { kind: 'error', error: 'missing_scope' },
    { code: 'slack-missing-scope', retry: 'never' },
  ],
];
test.each(rows)('%s is a Failure, and the call is made once', async (_, fault, expected) => {
  const before = slack.journal.calls.length;
  const happened = slack.faults.happened.length;
  slack.faults.next('auth.test', fault);
  const call = callWith(fault.kind === 'hang' ? { timeoutMs: 500 } : {});
  expect(await failure(call('auth.test', {}))).toMatchObject(expected);
  expect(slack.faults.happened.length - happened).toBe(1);
  expect(slack.journal.calls.length - before).toBe(1);
});

test('a refusal names its error and keeps the answer, and tells the operator what to do', async () => {
  const refused = await failure(callWith({ token: 'xoxb-wrong' })('auth.test', {}));
  expect(refusalOf(refused)).toBe('invalid_auth');
  expect(refused).toMatchObject({ code: 'slack-invalid-auth', retry: 'never' });
  expect(refused.remedy).toContain('SLACK_BOT_TOKEN');
  expect(answerOf(refused)).toMatchObject({ ok: false, error: 'invalid_auth' });
  expect(`${refused.message}${JSON.stringify(refused)}`).not.toContain('xoxb-wrong');
});

test('no connection is a Failure of its own', async () => {
  const gone = await startWorkspace();
  await gone.close();
  const refused = await failure(callWith({ apiUrl: gone.apiUrl })('auth.test', {}));
  expect(refused).toMatchObject({ code: 'refused', retry: 'later' });
});

test('a party that fails again and again is left alone for a while', async () => {
  const call = callWith();
  slack.faults.next('auth.test', { kind: 'status', status: 503, when: 'before' }, 10);
  const codes = [];
  for (let n = 0; n < 12; n++) codes.push((await failure(call('auth.test', {}))).code);
  expect(codes.slice(0, 10).every((code) => code === 'http-5xx')).toBe(true);
  expect(codes.slice(10)).toEqual(['circuit-open', 'circuit-open']);
});

test('refusals and rate limits say nothing about health', async () => {
  const call = callWith();
  for (let n = 0; n < 12; n++) await failure(call('conversations.info', { channel: 'C0NOBODY' }));
  await expect(call('auth.test', {})).resolves.toBeDefined();
});
