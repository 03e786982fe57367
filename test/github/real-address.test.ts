import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectGithub } from '../../src/github/connection.ts';
import { silent } from '../../src/kit/log.ts';

// The look-alike has an address of its own. What goes to GitHub's is caught here, before it could leave the machine.
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const connect = () =>
  connectGithub(
    { apiUrl: 'https://api.github.com', repository: 'acme/shop', credential: { token: 'ghp-example' } },
    { log: silent, now: Date.now },
  );
const read = () => connect().call('read the repository', (rest, at) => rest.repos.get(at));

describe('at its real address', () => {
  test('GitHub gets the token, our name and the media type that it documents', async () => {
    const github = nock('https://api.github.com', {
      reqheaders: {
        authorization: 'token ghp-example',
        accept: 'application/vnd.github.v3+json',
        'user-agent': /^muster /,
      },
    })
      .get('/repos/acme/shop')
      .reply(200, { full_name: 'acme/shop' });
    expect(await read()).toMatchObject({ full_name: 'acme/shop' });
    expect(github.isDone()).toBe(true);
  });

  test.each([
    [401, 'github-credential', 'never'],
    [403, 'github-forbidden', 'never'],
    [404, 'github-not-found', 'never'],
    [409, 'github-conflict', 'never'],
    [422, 'github-refused', 'never'],
    [500, 'http-5xx', 'later'],
    [502, 'http-5xx', 'later'],
    [503, 'http-5xx', 'later'],
  ])('%i is asked once, and is %s', async (status, code, retry) => {
    const github = nock('https://api.github.com').get('/repos/acme/shop').reply(status, { message: 'no' });
    await expect(read()).rejects.toMatchObject({ code, retry });
    expect(github.isDone()).toBe(true);
    expect(nock.pendingMocks()).toEqual([]);
  });
});
