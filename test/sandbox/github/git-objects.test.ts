import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createObjectStore, filesOf, historyOf, putFiles } from '../../../src/sandbox/github/git-objects.ts';

const hasGit = (() => {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    process.stderr.write('skipped: git is not installed, so the ids can’t be compared with real ones\n');
    return false;
  }
})();

let folder = '';
const git = (args: string[], input = '', env = {}) =>
  execFileSync('git', [`--git-dir=${folder}`, ...args], {
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-objects-'));
  if (hasGit) git(['init', '--bare', '--quiet']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasGit)('ids equal those of git', () => {
  const store = createObjectStore();
  const texts = ['', 'hello\n', '# 포스트모템 🔥\n'];

  test.each(texts)('a blob of %j', (text) => {
    expect(store.putBlob(Buffer.from(text))).toBe(git(['hash-object', '-w', '--stdin'], text));
  });

  test('nested trees, where a folder sorts as if its name ended in a slash', () => {
    const sha = store.putBlob(Buffer.from('x'));
    const real = git(['hash-object', '-w', '--stdin'], 'x');
    const paths = ['a/b/c.md', 'a.b', 'a-b', 'a0', 'z'];
    const index = join(folder, 'test-index');
    for (const path of paths)
      git(['update-index', '--add', '--cacheinfo', `100644,${real},${path}`], '', { GIT_INDEX_FILE: index });
    const ours = putFiles(
      store,
      paths.map((path) => ({ path, mode: '100644', sha })),
    );
    expect(ours).toBe(git(['write-tree'], '', { GIT_INDEX_FILE: index }));
    expect([...filesOf(store, ours).keys()].sort()).toEqual(paths.toSorted());
  });

  test('a commit with a parent, an author, another committer and a message in Korean', () => {
    const tree = putFiles(store, []);
    expect(tree).toBe(git(['mktree']));
    const author = { name: 'Kim Minji', email: 'minji@example.com', seconds: 1_795_255_200 };
    const committer = { name: 'Muster', email: 'muster@example.com', seconds: 1_795_255_300 };
    const env = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: `@${author.seconds} +0000`,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: `@${committer.seconds} +0000`,
    };
    const first = store.putCommit({ tree, parents: [], author, committer, message: '첫 커밋\n' });
    expect(first).toBe(git(['commit-tree', tree], '첫 커밋\n', env));
    const second = store.putCommit({ tree, parents: [first], author, committer, message: '둘째\n' });
    expect(second).toBe(git(['commit-tree', tree, '-p', first], '둘째\n', env));
    expect(historyOf(store, second)).toEqual([second, first]);
  });
});
