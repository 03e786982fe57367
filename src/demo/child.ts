import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Failure } from '../kit/failure.ts';

/** A program that the demo runs beside itself; it never outlives the demo. */
export type Child = { pid: number; freeze: () => void; thaw: () => void; stop: () => Promise<void> };

/** Starts a program without a shell, silent, and ends it when this process ends. */
export function startChild(program: string, args: string[], folder: string): Child {
  // A group of its own: Ctrl-C at a terminal must reach the demo, which stops in order.
  const child = spawn(program, args, { cwd: folder, stdio: 'ignore', detached: true });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  child.once('error', () => process.removeListener('exit', kill));
  return {
    pid: child.pid ?? 0,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Below the ports that systems lend to outgoing connections: one of those may be lent again before it is used. */
const ports = { from: 15_000, to: 32_000 };

/** A port of the loopback interface that nobody uses now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(ports.from, ports.to);
    if (await isFree(port)) return port;
  }
  throw new Failure({
    code: 'no-port',
    what: 'No port is free on this machine',
    value: `${ports.from} to ${ports.to}`,
    remedy: 'End what listens there.',
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((told) => {
    const server = createServer()
      .once('error', () => told(false))
      .listen(port, '127.0.0.1', () => server.close(() => told(true)));
  });
}

/** Asks until the answer is true, or `ms` are over; says which. */
export async function within(ms: number, ask: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await ask()) return true;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  return false;
}

/** Asks until the answer is true; a Failure that names what was waited for after `ms`. */
export async function until(what: string, ms: number, ask: () => Promise<boolean> | boolean): Promise<void> {
  if (await within(ms, ask)) return;
  throw new Failure({
    code: 'demo-waited',
    what: `Waited in vain for ${what}`,
    value: `${ms / 1000} s`,
    remedy: 'Run the demo again; if it stays so, run it with LOG_LEVEL=info and report what it prints.',
  });
}
