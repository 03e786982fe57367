import type { Failure } from '../../../kit/failure.ts';

/** Something that was rolled out or merged. `at` is epoch milliseconds. */
export type Deploy = {
  source: 'kubernetes' | 'github';
  /** What it was, by itself: `orders revision 12, orders:1.4.2 → orders:1.5.0`. */
  what: string;
  at: number;
  /** A file it touches that looks like a change of the schema; null where none does or nobody can tell. */
  schema: string | null;
};

/** What one source said, or why it said nothing. */
export type SourceSays = { source: string; deploys: Deploy[] } | { source: string; failure: Failure };
