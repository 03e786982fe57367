import { Octokit } from '@octokit/rest';
import { expect } from 'vitest';
import { startGithub } from '../../github/sandbox.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
/** The sandbox repository, as Octokit wants it named. */
export const at = { owner: 'acme', repo: 'shop' };

/** A look-alike with Octokit clients: `rest` may write, `octokit(token)` is anybody else. */
export async function start(more: Parameters<typeof startGithub>[0] = {}) {
  const started = await startGithub(more);
  const octokit = (token?: string) =>
    new Octokit({ baseUrl: started.github.apiUrl(), log: quiet, ...(token !== undefined && { auth: token }) })
      .rest;
  return { ...started, octokit, rest: octokit('ghp-write') };
}

/** Status, message and field errors of what a call was refused with. */
export async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => expect.unreachable('the call must be refused'),
    (caught) => caught,
  );
  const { message, errors } = error.response.data;
  return { status: error.status, message, ...(errors && { errors }) };
}
