import { connectGithub, type Github } from '../../src/github/connection.ts';
import { silent } from '../../src/kit/log.ts';
import { type SandboxGithubOptions, startSandboxGithub } from '../../src/sandbox/github/sandbox-github.ts';

/** The instant at which these tests happen. */
export const now = () => Date.parse('2026-11-21T10:00:00Z');

/** People of the sandbox repository. */
export const users = [
  { login: 'muster-bot', name: 'Muster' },
  { login: 'minji-k', name: 'Kim Minji' },
  { login: 'jun-p', name: 'Park Jun' },
];

const started: { close(): Promise<void> }[] = [];

/** Stops every sandbox of a test file; call it after each test. */
export async function closeSandboxes(): Promise<void> {
  for (const one of started.splice(0)) await one.close();
}

/** Starts a look-alike with one token that may write; `connect` gives a connection as Muster makes it. */
export async function startGithub(more: Partial<SandboxGithubOptions> = {}) {
  const github = await startSandboxGithub({
    repository: 'acme/shop',
    users,
    tokens: {
      'ghp-write': { login: 'muster-bot', access: 'write' },
      'ghp-read': { login: 'muster-bot', access: 'read' },
    },
    files: { 'README.md': '# Shop\n' },
    now,
    ...more,
  });
  started.push(github);
  const connect = (
    options: { token?: string; timeoutMs?: number; step?: (name: string) => unknown } = {},
  ): Github =>
    connectGithub(
      {
        apiUrl: github.apiUrl(),
        repository: 'acme/shop',
        credential: { token: options.token ?? 'ghp-write' },
      },
      {
        log: silent,
        now,
        timeoutMs: options.timeoutMs ?? 2000,
        ...(options.step && { step: async (name: string) => void (await options.step?.(name)) }),
      },
    );
  return { github, connect };
}
