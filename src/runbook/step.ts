import type { z } from 'zod';
import type { Chart, Evidence, Language, Verdict } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';

/** Plain JSON, as a step's facts are stored in the log and read by CEL conditions. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a step reports. `facts` are for conditions (`steps.quorum.facts.usable < 2`), `evidence` is for people. */
export type StepResult = {
  verdict: Verdict;
  /** One sentence in the context's language, readable by itself, naming the culprit. */
  sentence: string;
  /**
   * The stable name of what is wrong (`replica-sql-thread-stopped`), only with the verdict `fail` and only when the step is sure:
   * the first one of an incident is shown as its probable cause. A step that does not know says `unknown`, never a guess.
   */
  cause?: string;
  evidence: Evidence;
  /** Lines over time that people see as a picture below the evidence. */
  chart?: Chart;
  facts?: Record<string, Json>;
};

/**
 * An executable that an operator listed under `tools` in muster.yaml. `environment` is all it gets of one; `folder` is where it
 * runs, null for an empty one of its own; `timeout` is milliseconds. One with the effect `change` runs only where people approve.
 */
export type Tool = {
  path: string;
  effect: 'read' | 'change';
  folder: string | null;
  timeout: number;
  environment: Record<string, string | { secretRef: string }>;
};

/** What the runner gives a step. The step must stop when `signal` aborts; the runner owns time-out, cap and redaction. */
export type StepContext = {
  signal: AbortSignal;
  log: Log;
  /** Epoch milliseconds. */
  now: () => number;
  /** The language of the incident's channel, in which the sentence and the evidence are written. */
  language: Language;
  /** Resolves `secretRef` names to values; a missing secret is a Failure that names it. */
  secret: (name: string) => string;
  /** The listed tool of that name. */
  tool: (name: string) => Tool | undefined;
};

/** A part of a step that runs as a job of its own, possibly elsewhere. `input` is as people write it. */
export type StepPart = { name: string; location: string | null; input: Json };

/**
 * One catalogue entry: a file that describes itself. `read` entries may run at any time and never write; `change` entries are
 * approved, run once and checked; `manual` entries are done by people and have no job.
 */
export type Step<Input = unknown> = {
  name: string;
  about: string;
  effect: 'read' | 'change' | 'manual';
  input: z.ZodType<Input>;
  /** A valid input in the form people write it in YAML. */
  example: unknown;
  /** Inputs that say where the step connects to; an alert label may fill them only through an allow-list. */
  targets: readonly string[];
  /** Milliseconds the step may take before the runner ends it. */
  timeoutMs: number;
  /**
   * The one system this step touches, for the lock, the preview and the evidence, with where it is: what is called the same in
   * production and beside it must not be mixed up (`redis-sentinel orders at 10.0.0.1:26379`).
   */
  target: (input: Input) => string;
  /** For changes: exactly what will run and what is affected, in one or two lines. For manual steps: what to do. */
  preview?: (input: Input, language: Language) => string;
  /** The parts this input falls into, when it has several places to look from; `written` is the input before parsing. */
  split?: (input: Input, written: Json) => StepPart[];
  run: (input: Input, context: StepContext) => Promise<StepResult>;
};

/** Keeps an entry's input type inside the entry; the registry and the runner only see JSON that its schema checked. */
export const defineStep = <Input>(step: Step<Input>): Step => step as unknown as Step;
