import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Tool } from '../../step.ts';

/** How a tool ended. `stdout` and `stderr` are the last part of what it wrote; `whole` says whether stdout is all of it. */
export type ToolEnd = {
  ended: 'exited' | 'killed' | 'timeout';
  code: number | null;
  stdout: string;
  stderr: string;
  whole: boolean;
};

/** Why a tool was not started. `writable` could be replaced by anybody on the machine. */
export type NotStarted = {
  notStarted: 'missing' | 'no-file' | 'not-executable' | 'writable' | 'broken';
  detail: string;
};

/** What a tool may write before only the end of it is kept, in characters. */
const keep = { stdout: 65_536, stderr: 4096 };

/** A tool that is told to stop has this long before it is killed. */
const termMs = 200;

/** What is left of the output after the end of the tool is waited for this long; a child of its own may hold the pipe open. */
const drainMs = 100;

/**
 * Runs a listed tool with an argument array and exactly the given environment, without a shell, in its folder or an empty one of
 * its own. It and all its children (one process group) are ended by its time-out, by `signal`, or by its own end.
 */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<ToolEnd | NotStarted> {
  const checked = await check(tool.path);
  if ('notStarted' in checked) return checked;
  signal.throwIfAborted();
  const own = tool.folder === null ? await mkdtemp(join(tmpdir(), 'muster-tool-')) : null;
  try {
    return await play(
      checked.path,
      args,
      { cwd: tool.folder ?? own!, env: environment },
      tool.timeout,
      signal,
    );
  } finally {
    if (own !== null) await rm(own, { recursive: true, force: true });
  }
}

/** The file behind the path, after links, when it is one that only its owner can replace. */
async function check(written: string): Promise<{ path: string } | NotStarted> {
  const others = 0o002;
  try {
    const path = await realpath(written);
    const [file, folder] = await Promise.all([stat(path), stat(dirname(path))]);
    if (!file.isFile()) return { notStarted: 'no-file', detail: path };
    if ((file.mode & 0o111) === 0) return { notStarted: 'not-executable', detail: path };
    if ((file.mode & others) !== 0) return { notStarted: 'writable', detail: path };
    if ((folder.mode & others) !== 0) return { notStarted: 'writable', detail: dirname(path) };
    return { path };
  } catch (error) {
    return { notStarted: 'missing', detail: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

async function play(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ToolEnd | NotStarted> {
  const child = spawn(path, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout = collect(child.stdout, keep.stdout);
  const stderr = collect(child.stderr, keep.stderr);
  let late = false;
  let kill: NodeJS.Timeout | undefined;
  const stop = () => {
    killGroup(child, 'SIGTERM');
    kill = setTimeout(() => killGroup(child, 'SIGKILL'), termMs);
  };
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (...end) => resolve(end));
    });
    // What it left running in the background goes with it.
    killGroup(child, 'SIGKILL');
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, drainMs))]);
    signal.throwIfAborted();
    const ended = late ? 'timeout' : by === null ? 'exited' : 'killed';
    return { ended, code, stdout: stdout.text(), stderr: stderr.text(), whole: stdout.whole() };
  } catch (error) {
    signal.throwIfAborted();
    return { notStarted: 'broken', detail: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    clearTimeout(timer);
    clearTimeout(kill);
    signal.removeEventListener('abort', stop);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

/** Reads everything and keeps the last `limit` characters. */
function collect(stream: Readable, limit: number): { text: () => string; whole: () => boolean } {
  let text = '';
  let cut = false;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > limit) {
      text = text.slice(-limit);
      cut = true;
    }
  });
  stream.on('error', () => {});
  return { text: () => text, whole: () => !cut };
}
