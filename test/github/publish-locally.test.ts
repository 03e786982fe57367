import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishLocally } from '../../src/github/publish-locally.ts';
import { draft } from './draft-example.ts';

const searchPath = process.env.PATH ?? '';
const hasGit = (() => {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    process.stderr.write('skipped: git is not installed, so nothing can be published locally\n');
    return false;
  }
})();

let folder = '';
let repository = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-postmortems-'));
  repository = join(folder, 'postmortems.git');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execFileSync('git', [`--git-dir=${repository}`, ...args], { encoding: 'utf8' }).trim();
const refs = () => git('for-each-ref', '--format=%(refname) %(objectname)');
const path = draft.files[0]?.path ?? '';

describe.skipIf(!hasGit)('publishLocally', () => {
  test('makes a real branch with a real commit in a bare repository', async () => {
    const published = await publishLocally(repository, draft, { searchPath });
    expect(published).toMatchObject({
      number: null,
      branch: 'postmortem/inc-42',
      state: 'open',
      warnings: [],
    });
    expect(published.url).toMatch(/^file:\/\/.*postmortems\.git$/);
    expect(git('rev-parse', draft.branch)).toBe(published.sha);
    expect(git('show', `${draft.branch}:${path}`)).toBe(draft.files[0]?.content.trim());
    expect(git('log', '-1', '--format=%an %ae %aI %s', draft.branch)).toBe(
      'Muster muster@localhost 2026-11-21T09:30:00+00:00 Add the postmortem of INC-42',
    );
    expect(git('fsck', '--strict')).toBe('');
  });

  test('interrupted before any git command and run again, the result equals the clean run', async () => {
    const steps: string[] = [];
    await publishLocally(repository, draft, { searchPath, step: (name) => void steps.push(name) });
    const clean = refs();
    expect(steps.length).toBeGreaterThan(10);
    for (const index of steps.keys()) {
      rmSync(repository, { recursive: true, force: true });
      let count = 0;
      const step = () => {
        if (count++ === index) throw new Error('killed');
      };
      await expect(publishLocally(repository, draft, { searchPath, step })).rejects.toThrow('killed');
      await publishLocally(repository, draft, { searchPath });
      expect(refs(), `killed before ${steps[index]}`).toBe(clean);
    }
  });

  test('two at the same moment make one branch', async () => {
    await publishLocally(repository, draft, { searchPath });
    const clean = refs();
    const other = { ...draft, branch: 'postmortem/inc-43' };
    const both = await Promise.all([
      publishLocally(repository, other, { searchPath }),
      publishLocally(repository, other, { searchPath }),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(refs()).toContain(clean.split('\n')[0]);
  });

  test('keeps what a person committed, and sees that the branch was merged', async () => {
    await publishLocally(repository, draft, { searchPath });
    const clone = join(folder, 'clone');
    const run = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Kim Minji', '-c', 'user.email=minji@example.com', ...args], {
        cwd: clone,
      });
    execFileSync('git', ['clone', '--quiet', repository, clone], { stdio: 'ignore' });
    run('checkout', '--quiet', draft.branch);
    run('commit', '--quiet', '--allow-empty', '-m', 'Fill in the summary');
    run('push', '--quiet', 'origin', draft.branch);
    const edited = git('rev-parse', draft.branch);
    expect(await publishLocally(repository, draft, { searchPath })).toMatchObject({
      sha: edited,
      state: 'open',
    });
    run('push', '--quiet', 'origin', `${draft.branch}:main`);
    expect(await publishLocally(repository, draft, { searchPath })).toMatchObject({ state: 'merged' });
  });

  test('a hostile branch or path is an argument to git, never an option or a shell command', async () => {
    const hostile = {
      ...draft,
      branch: '--upload-pack=touch /tmp/x',
      files: [{ path: '../../etc/x', content: 'x' }],
    };
    await expect(publishLocally(repository, hostile, { searchPath })).rejects.toMatchObject({
      code: 'git-failed',
    });
  });
});

test('without git the Failure says what to install', async () => {
  await expect(publishLocally(repository, draft, { searchPath: folder })).rejects.toMatchObject({
    code: 'git-missing',
    message: expect.stringContaining('apt-get install git'),
  });
});
