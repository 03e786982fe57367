import { Failure } from '../kit/failure.ts';
import type { Environment } from './start-up.ts';

/** What `muster demo` was asked for. */
export type DemoOptions = { once?: boolean; json?: string; port: string; watcher?: boolean; open: boolean };

/** Plays the demo: once and unattended, or until a signal ends it. Answers with the exit code. */
export async function demo(options: DemoOptions, env: Environment, now: () => number): Promise<number> {
  const path = env.PATH ?? '';
  const common = { path, now, logLevel: env.LOG_LEVEL ?? 'silent', watcher: options.watcher === true };
  if (options.once) {
    const { playOnce } = await import('../demo/once.ts');
    return playOnce({ ...common, json: options.json });
  }
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Failure({
      code: 'usage',
      what: '--port is no port',
      value: options.port,
      remedy: 'Give a number from 0 to 65535; 0 takes a free one.',
      retry: 'never',
    });
  }
  const { runDemo } = await import('../demo/demo.ts');
  return runDemo({ ...common, port, open: options.open });
}
