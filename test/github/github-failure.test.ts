import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connectGithub } from '../../src/github/connection.ts';
import type { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { closeSandboxes, now, startGithub } from './sandbox.ts';

afterEach(closeSandboxes);

const resetIn90s = String(now() / 1000 + 90);
const secondary = { message: 'You have exceeded a secondary rate limit.' };

const answers: [why: string, fault: Fault, code: string, retry: 'later' | 'never', waitMs?: number][] = [
  [
    'bad token',
    { kind: 'answer', status: 401, body: { message: 'Bad credentials' } },
    'github-credential',
    'never',
  ],
  [
    'no right',
    { kind: 'answer', status: 403, body: { message: 'Resource not accessible by integration' } },
    'github-forbidden',
    'never',
  ],
  ['not there', { kind: 'answer', status: 404, body: { message: 'Not Found' } }, 'github-not-found', 'never'],
  [
    'empty repository',
    { kind: 'answer', status: 409, body: { message: 'Git Repository is empty.' } },
    'github-conflict',
    'never',
  ],
  [
    'invalid',
    { kind: 'answer', status: 422, body: { message: 'Validation Failed' } },
    'github-refused',
    'never',
  ],
  ['server error', { kind: 'answer', status: 500 }, 'http-5xx', 'later'],
  ['maintenance', { kind: 'answer', status: 503 }, 'http-5xx', 'later'],
  [
    'maintenance with a time',
    { kind: 'answer', status: 503, headers: { 'retry-after': '7' } },
    'rate-limited',
    'later',
    7000,
  ],
  [
    'secondary limit as 403',
    { kind: 'answer', status: 403, headers: { 'retry-after': '60' }, body: secondary },
    'rate-limited',
    'later',
    60_000,
  ],
  [
    'secondary limit as 429',
    { kind: 'answer', status: 429, headers: { 'retry-after': '5' }, body: secondary },
    'rate-limited',
    'later',
    5000,
  ],
  [
    'secondary limit that names no time',
    { kind: 'answer', status: 403, body: secondary },
    'rate-limited',
    'later',
    60_000,
  ],
  [
    'primary limit',
    {
      kind: 'answer',
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetIn90s },
    },
    'rate-limited',
    'later',
    90_000,
  ],
  ['connection reset', { kind: 'reset' }, 'connection-lost', 'later'],
  ['answer lost', { kind: 'lose-reply' }, 'connection-lost', 'later'],
  ['answer cut in its body', { kind: 'cut-reply' }, 'connection-lost', 'later'],
  ['no answer', { kind: 'hang' }, 'timeout', 'later'],
];

describe('what GitHub and the network do, as Failures', () => {
  test.each(answers)('%s', async (_why, fault, code, retry, waitMs) => {
    const { github, connect } = await startGithub();
    const injected = github.faults.inject(/./, fault);
    const failure = await connect({ timeoutMs: fault.kind === 'hang' ? 100 : 2000 })
      .call('read the repository', (rest, at) => rest.repos.get(at))
      .catch((error: Failure) => error);
    expect(injected.taken).toBe(1);
    expect(failure).toMatchObject({ name: 'Failure', code, retry, retryAfterMs: waitMs });
  });

  test('an answer cut in its body is no answer, although Octokit takes it for one', async () => {
    const { github, connect } = await startGithub();
    const injected = github.faults.inject(/./, { kind: 'cut-reply' });
    const reading = connect().call('read the repository', (rest, at) => rest.repos.get(at));
    await expect(reading).rejects.toThrow('broke off');
    expect(injected.taken).toBe(1);
  });

  test('nobody listens: refused, not an error 500 of GitHub', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const github = connectGithub(
      { apiUrl: `http://127.0.0.1:${port}`, repository: 'acme/shop', credential: { token: 't' } },
      { log: silent, now },
    );
    const failure = await github.call('read', (rest, at) => rest.repos.get(at)).catch((error) => error);
    expect(failure).toMatchObject({ code: 'refused', retry: 'later' });
  });

  test('the sandbox’s own limits look the same', async () => {
    const { connect } = await startGithub({ limits: { primaryPerHour: 1 } });
    const github = connect();
    await github.call('read', (rest, at) => rest.repos.get(at));
    const failure = await github.call('read', (rest, at) => rest.repos.get(at)).catch((error) => error);
    expect(failure).toMatchObject({ code: 'rate-limited', retryAfterMs: 3_600_000 });
  });

  test('after five failures of ten GitHub is left alone', async () => {
    const { github, connect } = await startGithub();
    github.faults.inject(/./, { kind: 'answer', status: 500 }, 10);
    const connection = connect();
    const codes: string[] = [];
    for (let i = 0; i < 11; i++)
      await connection
        .call('read', (rest, at) => rest.repos.get(at))
        .catch((error: Failure) => codes.push(error.code));
    expect(codes.at(-1)).toBe('circuit-open');
    expect(github.calls.length).toBeLessThanOrEqual(10);
  });
});
