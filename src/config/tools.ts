import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import { Duration, named } from './muster-values.ts';

const Path = z
  .string()
  .refine((path) => isAbsolute(path) && normalize(path) === path, 'must be an absolute path without ".."');

/** An executable that runbooks may run with `run` or `run-change`. It gets no environment but what is listed. */
const Tool = z.strictObject({
  path: Path.describe('The executable; run directly, never through a shell'),
  effect: z
    .enum(['read', 'change'])
    .default('read')
    .describe('A tool that changes something runs only as run-change, which people approve'),
  folder: Path.nullable().default(null).describe('Where it runs; null: an empty folder of its own'),
  timeout: Duration.refine((ms) => ms > 0 && ms <= 55_000, 'must be at most 55s')
    .prefault('10s')
    .describe('After this it is killed with all its children'),
  environment: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable'),
      z.union([z.string(), z.strictObject({ secretRef: z.string().regex(/^[A-Z][A-Z0-9_]*$/) })]),
    )
    .default({})
    .describe('Its whole environment; a secret by its name'),
});

/** `tools` in muster.yaml, by name. Empty, nothing is run. */
export const Tools = named(Tool);
