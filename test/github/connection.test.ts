import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { connectGithub, type GithubCredential } from '../../src/github/connection.ts';
import { publishPullRequest } from '../../src/github/publish-pull-request.ts';
import { silent } from '../../src/kit/log.ts';
import { draft } from './draft-example.ts';
import { closeSandboxes, startGithub } from './sandbox.ts';

afterEach(closeSandboxes);

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (kind: 'pkcs1' | 'pkcs8') => privateKey.export({ type: kind, format: 'pem' }).toString();
const app = {
  id: 7,
  slug: 'muster',
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  installationId: 99,
};

describe('an App', () => {
  test.each<[string, GithubCredential]>([
    ['with its installation id', { appId: '7', privateKey: pem('pkcs8'), installationId: 99 }],
    ['that looks its installation up', { appId: '7', privateKey: pem('pkcs8') }],
    ['with the key as GitHub hands it out (PKCS#1)', { appId: '7', privateKey: pem('pkcs1') }],
  ])('%s publishes as its bot', async (_why, credential) => {
    const { github } = await startGithub({ apps: [app], now: Date.now });
    const connection = connectGithub(
      { apiUrl: `${github.apiUrl()}/`, repository: 'acme/shop', credential },
      { log: silent, now: Date.now },
    );
    await publishPullRequest(connection, draft);
    expect(github.repository.pulls[0]?.author.login).toBe('muster[bot]');
    const tokens = github.calls.filter((call) => call.path.endsWith('/access_tokens'));
    expect(tokens, 'one token serves all calls').toHaveLength(1);
  });

  test('whose token request hangs ends in time, and works at the next try', async () => {
    const { github } = await startGithub({ apps: [app], now: Date.now });
    const connection = connectGithub(
      {
        apiUrl: github.apiUrl(),
        repository: 'acme/shop',
        credential: { appId: '7', privateKey: pem('pkcs8') },
      },
      { log: silent, now: Date.now, timeoutMs: 200 },
    );
    const injected = github.faults.inject(/installation/, { kind: 'hang' });
    const read = () => connection.call('read', (rest, at) => rest.repos.get(at));
    await expect(read()).rejects.toMatchObject({ code: 'timeout' });
    expect(injected.taken).toBe(1);
    expect(await read()).toMatchObject({ full_name: 'acme/shop' });
  });

  test('with a foreign key is refused', async () => {
    const { github } = await startGithub({ apps: [app], now: Date.now });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const key = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    const connection = connectGithub(
      { apiUrl: github.apiUrl(), repository: 'acme/shop', credential: { appId: '7', privateKey: key } },
      { log: silent, now: Date.now },
    );
    await expect(connection.call('read', (rest, at) => rest.repos.get(at))).rejects.toMatchObject({
      code: 'github-credential',
      retry: 'never',
    });
  });
});

test('a token that may only read says which right is missing', async () => {
  const { connect } = await startGithub();
  await expect(publishPullRequest(connect({ token: 'ghp-read' }), draft)).rejects.toMatchObject({
    code: 'github-forbidden',
    message: expect.stringContaining('write access to contents and pull requests'),
  });
});
