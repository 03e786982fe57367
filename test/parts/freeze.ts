import { readdirSync, readFileSync } from 'node:fs';

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Stops a process (SIGSTOP) and comes back when all its threads stand still: on a busy machine a server of many threads goes on
 * answering for a moment. Where there is no /proc it comes back at once. `SIGCONT` lets it go on.
 */
export function freeze(pid: number): void {
  process.kill(pid, 'SIGSTOP');
  for (let tries = 0; tries < 500 && !standsStill(pid); tries++) Atomics.wait(pause, 0, 0, 2);
}

function standsStill(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) =>
      /^\d+ \(.*\) [TtZX] /s.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')),
    );
  } catch {
    return true;
  }
}
