import { afterEach, describe, expect, test } from 'vitest';
import { publishPullRequest } from '../../../../src/github/publish-pull-request.ts';
import { draft } from '../../../github/draft-example.ts';
import { closeSandboxes, startGithub } from '../../../github/sandbox.ts';

afterEach(closeSandboxes);

const hostile =
  '<script>alert(1)</script> ![x](https://evil.example/x.png) [y](javascript:alert(1)) <img src=x onerror=y>';

async function start(more: Partial<typeof draft> = {}) {
  const { github, connect } = await startGithub({ requiredApprovals: 1 });
  await publishPullRequest(connect(), { ...draft, ...more });
  const page = `${github.url}/acme/shop/pull/1`;
  const as = (login: string) => ({ cookie: `github_as=${login}` });
  const send = (act: string, login: string, fields: Record<string, string> = {}, headers = {}) =>
    fetch(`${page}/${act}`, {
      method: 'POST',
      headers: { ...as(login), ...headers },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const show = async (path = '', login = 'minji-k') => {
    const answer = await fetch(`${page}${path}`, { headers: as(login) });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { github, page, send, show };
}

describe('what the pages show', () => {
  test('the description, the branches, the diff, the rendered file and the commit', async () => {
    const { github, show } = await start();
    expect((await show()).text).toMatch(
      /Postmortem INC-42[\s\S]*postmortem\/inc-42[\s\S]*Draft of the postmortem\./,
    );
    expect((await show('/files')).text).toMatch(/inc-42\.md[\s\S]*<td class="text"># INC-42<\/td>/);
    expect((await show('/files?view=rendered')).text).toContain('<h1>INC-42</h1>');
    expect((await show('/commits')).text).toContain('Add the postmortem of INC-42');
    expect(await (await fetch(github.url)).text()).toContain('/acme/shop/pull/1');
  });

  test('outside text stays text, and the policy allows nothing from elsewhere', async () => {
    const { github, show } = await start({
      title: hostile,
      body: hostile,
      files: [{ path: 'x.md', content: hostile }],
    });
    github.as('jun-p').review(1, 'COMMENT', hostile);
    github.as('jun-p').comment(1, hostile);
    for (const path of ['', '/files', '/files?view=rendered', '/commits']) {
      const { text, headers } = await show(path);
      expect(text.match(/<script(?![^>]*src="\/github\/static)/g), path).toBeNull();
      expect(text, path).not.toMatch(/<img|href="javascript:|onerror=y>/);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'self'/,
      );
    }
  });

  test('style and script are served, nothing else is', async () => {
    const { github } = await start();
    const status = async (path: string) => (await fetch(`${github.url}${path}`)).status;
    expect([await status('/static/frame.css'), await status('/static/live.js')]).toEqual([200, 200]);
    for (const path of [
      '/static/..%2fpages.ts',
      '/static/constructor',
      '/acme/other/pulls',
      '/acme/shop/pull/99',
    ])
      expect(await status(path), path).toBe(404);
  });

  test('a change is told to open pages', async () => {
    const { github } = await start();
    const events = await fetch(`${github.url}/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    github.as('minji-k').review(1, 'APPROVE');
    expect((await reader?.read())?.value).toBe('data: changed\n\n');
    await reader?.cancel();
  });
});

describe('what people do on the pages', () => {
  test('request changes, approve, merge', async () => {
    const { github, send, show } = await start();
    expect((await send('merge', 'minji-k')).status).toBe(405);
    expect((await send('review', 'jun-p', { event: 'REQUEST_CHANGES', body: 'Scope?' })).status).toBe(303);
    expect((await show()).text).toContain('Changes requested');
    await send('review', 'jun-p', { event: 'APPROVE' });
    expect((await show()).text).toContain('Changes approved');
    expect((await send('merge', 'minji-k')).status).toBe(303);
    expect(github.repository.pulls[0]?.merged?.by.login).toBe('minji-k');
    expect((await show()).text).toContain('successfully merged');
  });

  test('the author can’t approve: the button is off, and the rule holds without it', async () => {
    const { github, send, show } = await start();
    expect((await show('', 'muster-bot')).text).toMatch(/value="APPROVE"[^>]*disabled/);
    const answer = await send('review', 'muster-bot', { event: 'APPROVE' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Can not approve your own pull request');
    expect(github.repository.pulls[0]?.reviews).toEqual([]);
  });

  test('close and reopen', async () => {
    const { github, send } = await start();
    await send('close', 'jun-p');
    expect(github.repository.pulls[0]?.closed?.by.login).toBe('jun-p');
    await send('reopen', 'jun-p');
    expect(github.repository.pulls[0]?.closed).toBeUndefined();
  });

  test('a form from another site changes nothing', async () => {
    const { github, send } = await start();
    const answer = await send('review', 'jun-p', { event: 'APPROVE' }, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
    expect(github.repository.pulls[0]?.reviews).toEqual([]);
  });

  test('acting as somebody leads back to the same page and never to another site', async () => {
    const { github, page } = await start();
    const act = (referer: string) =>
      fetch(`${github.url}/as`, {
        method: 'POST',
        headers: { referer },
        body: new URLSearchParams({ login: 'jun-p' }),
        redirect: 'manual',
      });
    const answer = await act(page);
    expect(answer.headers.get('set-cookie')).toContain(
      'github_as=jun-p; Path=/github; HttpOnly; SameSite=Lax',
    );
    expect(answer.headers.get('location')).toBe('/github/acme/shop/pull/1');
    expect((await act('https://evil.example/x')).headers.get('location')).toBe('/github/acme/shop/pulls');
  });

  test('a review that makes no sense is refused', async () => {
    const { github, send } = await start();
    expect((await send('review', 'jun-p', { event: 'DISMISS', body: 'x' })).status).toBe(422);
    expect((await send('delete', 'jun-p')).status).toBe(404);
    expect(github.repository.pulls[0]?.reviews).toEqual([]);
  });
});
