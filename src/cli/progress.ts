/** Where progress is shown. */
type Screen = { write: (text: string) => unknown };

/**
 * Shows results as they come and, below them on a terminal, one line that says what runs now and for how long. Without a
 * `screen` nothing is shown; without a `width` (no terminal) the line of progress is left out, where it would be in the way.
 */
export function createProgress(screen: Screen | null, width: number | null) {
  const running = new Set<string>();
  let seconds = 0;
  let timer: NodeJS.Timeout | undefined;
  let quiet = false;

  const clear = (): void => void (width !== null && screen?.write('\r\x1b[K'));
  const draw = (): void => {
    if (width === null || quiet || running.size === 0) return;
    const line = `  … ${[...running].join(', ')} (${seconds} s)`;
    screen?.write(`\r\x1b[K${line.slice(0, width - 1)}`);
  };
  const tick = (): void => {
    seconds += 1;
    draw();
  };

  return {
    write: (text: string): void => {
      clear();
      screen?.write(text);
      draw();
    },
    /** Shows `title` as running until the work ends. */
    while: async <T>(title: string, work: () => Promise<T>): Promise<T> => {
      if (running.size === 0) seconds = 0;
      running.add(title);
      timer ??= setInterval(tick, 1000);
      draw();
      try {
        return await work();
      } finally {
        running.delete(title);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        clear();
        draw();
      }
    },
    /** Keeps the line still while a person types. */
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      clear();
      quiet = true;
      try {
        return await work();
      } finally {
        quiet = false;
        draw();
      }
    },
  };
}
