import { afterEach, describe, expect, test } from 'vitest';
import { closeSandboxes } from '../../github/sandbox.ts';
import { at, refusal, start } from './octokit.ts';

afterEach(closeSandboxes);

describe('documented refusals of the git database', () => {
  test('references', async () => {
    const { rest, github } = await start();
    const sha = github.repository.branches.get('main') ?? '';
    const create = (ref: string, to = sha) => rest.git.createRef({ ...at, ref, sha: to });
    expect((await create('refs/heads/a/b')).data).toMatchObject({ ref: 'refs/heads/a/b', object: { sha } });
    expect(await refusal(create('refs/heads/a/b'))).toEqual({
      status: 422,
      message: 'Reference already exists',
    });
    expect(await refusal(create('refs/heads/c', '0'.repeat(40)))).toEqual({
      status: 422,
      message: 'Object does not exist',
    });
    expect(await refusal(create('refs/heads/has space'))).toMatchObject({ status: 422 });
    expect(await refusal(rest.git.getRef({ ...at, ref: 'heads/nope' }))).toEqual({
      status: 404,
      message: 'Not Found',
    });
    expect(await refusal(rest.git.updateRef({ ...at, ref: 'heads/nope', sha }))).toEqual({
      status: 422,
      message: 'Reference does not exist',
    });
    const { data: tree } = await rest.git.createTree({
      ...at,
      tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }],
    });
    const { data: stray } = await rest.git.createCommit({
      ...at,
      message: 'stray',
      tree: tree.sha,
      parents: [],
    });
    expect(await refusal(rest.git.updateRef({ ...at, ref: 'heads/a/b', sha: stray.sha }))).toEqual({
      status: 422,
      message: 'Update is not a fast forward',
    });
    await rest.git.updateRef({ ...at, ref: 'heads/a/b', sha: stray.sha, force: true });
    await rest.git.deleteRef({ ...at, ref: 'heads/a/b' });
    expect(github.repository.branches.has('a/b')).toBe(false);
  });

  test('an empty repository', async () => {
    const { rest } = await start({ files: undefined as never });
    expect(await refusal(rest.git.createBlob({ ...at, content: 'x' }))).toEqual({
      status: 409,
      message: 'Git Repository is empty.',
    });
  });

  test.each(['/etc/passwd', '../x', 'a/../b', '.git/config', 'a//b', 'a/'])('the path %s', async (path) => {
    const { rest } = await start();
    const tree = [{ path, mode: '100644', type: 'blob', content: 'x' }] as const;
    expect(await refusal(rest.git.createTree({ ...at, tree: [...tree] }))).toMatchObject({ status: 422 });
  });

  test('files are read back as they were written', async () => {
    const { rest } = await start();
    const { data } = await rest.repos.getContent({ ...at, path: 'README.md' });
    expect(Buffer.from((data as { content: string }).content, 'base64').toString()).toBe('# Shop\n');
    expect(await refusal(rest.repos.getContent({ ...at, path: 'nope.md' }))).toMatchObject({ status: 404 });
  });
});
