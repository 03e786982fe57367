import type { Matcher } from '../../kit/matcher.ts';
import type { Json } from '../step.ts';
import type { Condition } from './cel.ts';
import type { Parameter, Text } from './runbook-file.ts';

/** One step of a loaded runbook: names resolved, the condition parsed, inline checks made steps of their own. */
export type RunbookStep = {
  /** Where it stands in the file. */
  path: (string | number)[];
  id: string;
  uses: string;
  title: Text | null;
  with: Record<string, Json>;
  if: { source: string; condition: Condition } | null;
  /** Explicit needs, the steps the condition reads, and for a check the change it verifies. */
  needs: string[];
  at: string | null;
  /** Milliseconds after the start of the runbook. */
  afterMs: number;
  approve: { roles: ('ic' | 'ops' | 'comms' | 'tech')[]; people: string[]; count: 1 | 2 };
  /** The id of the step that verifies this change. */
  check: string | null;
};

/** A runbook that was read without a problem. `version` is a short hash of the file's text. */
export type Runbook = {
  file: string;
  name: string;
  version: string;
  title: Text;
  matchers: Matcher[];
  symptom: boolean;
  alongside: boolean;
  /** Milliseconds, see the pinned runbook. */
  recheckMs: number | null;
  budgetMs: number;
  params: Record<string, Parameter>;
  steps: RunbookStep[];
  links: { title: Text; url: string }[];
};

/** The text in the reader's language. */
export const textIn = (text: Text, language: 'en' | 'ko'): string =>
  typeof text === 'string' ? text : text[language];
