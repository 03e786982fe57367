import { pino } from 'pino';

/** A structured logger: data first, then a static message. */
export type Log = {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
  child(bindings: object): Log;
};

/**
 * Creates the process's logger: JSON lines on standard error, so that standard output stays free for a command's result.
 * `mask` is applied to every finished line before it leaves the process.
 */
export function createLog(options: { level?: string; mask?: (line: string) => string } = {}): Log {
  const mask = options.mask ?? ((line) => line);
  return pino(
    { level: options.level ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => void process.stderr.write(mask(line)) },
  );
}

/** A logger that says nothing, for tests and for commands that print their own report. */
export const silent: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};
