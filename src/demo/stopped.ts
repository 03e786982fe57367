/** Aborts when somebody asks the process to end: Ctrl+C at the terminal, or a supervisor. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());
  return stopping.signal;
}

/** Ends when the signal aborts. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((end) => signal.addEventListener('abort', () => end(), { once: true }));
