import { spawn } from 'node:child_process';
import { Failure } from '../kit/failure.ts';

/** What a git command needs beside its arguments; `searchPath` is the PATH in which git is found. */
export type GitInput = {
  searchPath: string;
  stdin?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
};

/**
 * Runs git on a repository with an array of arguments (no shell) and returns its standard output without the last line break.
 * The user's and the system's git configuration is left out. A Failure with code `git-missing` where there is no git, else `git-failed`.
 */
export function runGit(directory: string, args: string[], input: GitInput): Promise<string> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', [`--git-dir=${directory}`, ...args], {
      env: {
        PATH: input.searchPath,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        LC_ALL: 'C',
        ...input.env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: input.timeoutMs ?? 10_000,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let said = '';
    git.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    git.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    git.on('error', (cause) => reject(failureOfStart(cause)));
    git.on('close', (code) => {
      if (code === 0) return resolve(out.replace(/\n$/, ''));
      reject(
        new Failure({
          code: 'git-failed',
          what: `git ${args[0]} ended with ${code ?? 'a time-out'}: ${said.trim().slice(0, 300)}`,
          value: directory,
          remedy: 'Check that the directory is a git repository and that Muster may write there.',
        }),
      );
    });
    // A git that ends early closes its input; the exit code says why.
    git.stdin.on('error', () => {});
    git.stdin.end(input.stdin ?? '');
  });
}

const failureOfStart = (cause: Error): Failure =>
  (cause as NodeJS.ErrnoException).code === 'ENOENT'
    ? new Failure({
        code: 'git-missing',
        what: 'There is no git on this machine',
        remedy: 'Install it (apt-get install git), or configure GitHub with GITHUB_REPOSITORY.',
        cause,
      })
    : new Failure({
        code: 'git-failed',
        what: 'git could not be started',
        remedy: 'See the cause.',
        cause,
      });
