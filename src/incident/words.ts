/** P1 is the worst. Meanings: field-knowledge, "Severity"; printed for people by `/incident why`. */
export type Severity = 'P1' | 'P2' | 'P3' | 'P4';

/** Severities from worst to least. */
export const severities: readonly Severity[] = ['P1', 'P2', 'P3', 'P4'];

/** True when `a` is worse than `b`. */
export const isWorse = (a: Severity, b: Severity): boolean => a < b;

/** The roles of an incident: commander, communications, operations and, where wanted, technical lead. */
export type Role = 'ic' | 'comms' | 'ops' | 'tech';

/** Roles in the order people read them. */
export const roles: readonly Role[] = ['ic', 'comms', 'ops', 'tech'];

/** The language a person or a channel reads. */
export type Language = 'en' | 'ko';

/**
 * A person: the key of `people` in muster.yaml, or `slack:U…` for somebody who is not configured there.
 */
export type PersonId = string;

/** Gives people their plain-text name; texts never carry anything that could ping or link. */
export type NameOf = (person: PersonId) => string;

/** Who or what made a command; it ends up in the log beside every event. */
export type Actor =
  | { kind: 'person'; person: PersonId; via: 'slack' | 'pagerduty' | 'webhook' | 'cli' | 'github' }
  | { kind: 'alertmanager'; receiver: string }
  | { kind: 'muster'; rule: string };

/** What a runbook step found: `unknown` when it could not look, never `pass` by default. */
export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown';

/** A small table of evidence; every row has as many cells as there are columns. */
export type Evidence = { columns: string[]; rows: string[][] };

/** What a chart's values are: seconds, a ratio (1 is 100 %), bytes, something per second, or just a number. */
export type ChartUnit = 'seconds' | 'ratio' | 'bytes' | 'per-second' | 'number';

/**
 * Lines over time, as data: the log keeps this and never a picture. Times are epoch milliseconds; a point without a value is a
 * gap. `threshold` is the limit the values are judged by, `marks` are moments that explain the lines.
 */
export type Chart = {
  title: string;
  unit: ChartUnit;
  from: number;
  to: number;
  series: { name: string; points: [at: number, value: number | null][] }[];
  threshold?: number;
  marks: { at: number; label: string }[];
};

/** Evidence that was made elsewhere and handed in by a person: a runbook's report from another place, the summary of a load run. */
export type Exhibit = {
  /** The same content has the same key, so it is taken in once. */
  key: string;
  kind: 'report' | 'load';
  title: string;
  verdict: Verdict;
  /** One sentence, readable by itself, in the channel's language. */
  sentence: string;
  evidence: Evidence;
  /** What a later one of its kind is compared with, plain JSON. */
  data: unknown;
};

/** One alert of an incident, reduced to what people need. Times are epoch milliseconds. */
export type Alert = {
  fingerprint: string;
  name: string;
  severity: Severity;
  labels: Record<string, string>;
  summary: string;
  startsAt: number;
  runbookUrl?: string;
  dashboardUrl?: string;
  generatorUrl?: string;
};
