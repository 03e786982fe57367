import type { z } from 'zod';
import type { Evidence, Verdict } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';

/** Plain JSON, as a step's facts are stored in the log and read by CEL conditions. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a step reports. `facts` are for conditions (`steps.quorum.facts.usable < 2`), `evidence` is for people. */
export type StepResult = {
  verdict: Verdict;
  /** One sentence, readable by itself, naming the culprit. */
  sentence: string;
  evidence: Evidence;
  facts?: Record<string, Json>;
};

/** What the runner gives a step. The step must stop when `signal` aborts; the runner owns time-out, cap and redaction. */
export type StepContext = {
  signal: AbortSignal;
  log: Log;
  /** Epoch milliseconds. */
  now: () => number;
  /** Resolves `secretRef` names to values; a missing secret is a Failure that names it. */
  secret: (name: string) => string;
};

/** One catalogue entry: a file that describes itself. `effect: 'change'` entries are approved, run once and checked. */
export type Step<Input = unknown> = {
  name: string;
  about: string;
  effect: 'read' | 'change';
  input: z.ZodType<Input>;
  /** A valid input in the form people write it in YAML. */
  example: unknown;
  /** The one system this step touches, for the lock, the preview and the evidence (`redis-sentinel orders-master`). */
  target: (input: Input) => string;
  /** For changes: exactly what will run and what is affected, in one or two lines. */
  preview?: (input: Input) => string;
  run: (input: Input, context: StepContext) => Promise<StepResult>;
};
