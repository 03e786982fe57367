import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stopped, until } from '../parts/redis-node.ts';

const root = resolve(import.meta.dirname, '../..');

/** Muster as a process of its own: `node src/main.ts serve`. It can be killed and started again any number of times. */
export type MusterChild = {
  start: () => void;
  /** Resolves once it says that it is ready. */
  ready: (ms?: number) => Promise<void>;
  /** `kill -9`; resolves when it is gone. */
  kill: () => Promise<void>;
  freeze: () => void;
  thaw: () => void;
  starts: () => number;
  /** The end of what it logged, for a test that failed. */
  log: () => string;
};

/** Prepares a child with settings by environment; its log goes to a file in `folder`. */
export function prepareMuster(folder: string, url: string, env: Record<string, string>): MusterChild {
  const file = join(folder, 'muster.log');
  let child: ChildProcess | null = null;
  let starts = 0;
  const onExit = (): void => void child?.kill('SIGKILL');
  process.setMaxListeners(0).once('exit', onExit);
  return {
    start() {
      starts += 1;
      const log = openSync(file, 'a');
      child = spawn(process.execPath, [join(root, 'src/main.ts'), 'serve'], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...env },
        stdio: ['ignore', log, log],
      });
    },
    ready: (ms = 180_000) =>
      until('Muster to be ready', async () => (await fetch(`${url}/readyz`)).status === 200, ms),
    async kill() {
      if (child) await stopped(child);
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    starts: () => starts,
    log: () => readFileSync(file, 'utf8').split('\n').slice(-40).join('\n'),
  };
}
