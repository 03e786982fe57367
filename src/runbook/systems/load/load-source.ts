import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import type { Language } from '../../../incident/words.ts';
import { Failure, reasonOf } from '../../../kit/failure.ts';
import { createOutbound } from '../../../kit/outbound.ts';
import { sayFailure } from '../http/http-messages.ts';
import { HttpUrl } from '../http/http-url.ts';

/** Where a summary lies: at an address, or as a file inside a folder that whoever wrote the runbook chose. */
export const LoadSource = z.union([
  z.strictObject({ url: HttpUrl }),
  z.strictObject({
    folder: z.string().refine(isAbsolute, 'must be an absolute path'),
    file: z.string().min(1).max(300),
  }),
]);
export type LoadSource = z.output<typeof LoadSource>;

/** What was read, or why nothing was; `shown` is how the source may be named. */
export type LoadText = { shown: string } & ({ text: string } | { reason: string } | { outside: true });

const maxBytes = 2_097_152;

/** A summary may lie on an inside server, and our circuit breaker must not answer for it. */
const outbound = createOutbound({
  maxBytes,
  allowPrivate: true,
  breaker: (_, work) => work(),
  keepAlive: false,
});

/** Reads a source. A file is opened only where it lies inside its folder after all links are followed. */
export async function readLoadSource(
  source: LoadSource,
  language: Language,
  signal: AbortSignal,
): Promise<LoadText> {
  if ('url' in source) {
    const shown = source.url.replace(/[?#].*$/s, '');
    return outbound(source.url, { signal, timeoutMs: 5000 }).then(
      ({ text }) => ({ shown, text }),
      (error: unknown) => {
        if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
        return { shown, reason: sayFailure(error, language) };
      },
    );
  }
  const shown = source.file;
  try {
    const folder = await realpath(source.folder);
    const path = await realpath(join(folder, source.file));
    const inside = relative(folder, path);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return { shown, outside: true };
    const found = await stat(path);
    if (!found.isFile()) return { shown, reason: 'it is no file' };
    if (found.size > maxBytes) return { shown, reason: `it is larger than ${maxBytes} bytes` };
    return { shown, text: await readFile(path, { encoding: 'utf8', signal }) };
  } catch (error) {
    signal.throwIfAborted();
    return { shown, reason: (error as NodeJS.ErrnoException).code ?? reasonOf(error) };
  }
}
