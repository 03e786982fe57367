import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/start-up.ts';

const main = resolve('src/main.ts');

/** What a command printed, and its exit code (null after a signal). */
export type Ran = { code: number | null; out: string; err: string };

/** A folder of the test's own, without a muster.yaml; gone after the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts `muster` as a process in a folder, as a person would: with a PATH and nothing else of ours. Ended with the test. */
export function startMuster(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (ran.out += chunk));
  child.stderr.on('data', (chunk) => (ran.err += chunk));
  const ended = new Promise<Ran>((done) => child.once('close', (code) => done({ ...ran, code })));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { child, ended };
}

/** Runs a command to its end in this process, with the muster.yaml and the data of a folder, and catches what it prints. */
export async function muster(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
  ask: Terminal['ask'] = null,
): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' };
  const take = (into: 'out' | 'err') => (text: string | Uint8Array) => {
    ran[into] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(take('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(take('err'));
  const yaml = join(folder, 'muster.yaml');
  const own = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...env };
  const terminal = {
    env: existsSync(yaml) ? { MUSTER_CONFIG: yaml, ...own } : own,
    now: Date.now,
    width: null,
    ask,
  };
  try {
    await createProgram(terminal, (code) => {
      ran.code = code;
    }).parseAsync(args, { from: 'user' });
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return ran;
}
