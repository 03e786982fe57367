import type { Severity } from '../../incident/words.ts';

/**
 * The questions a person is asked who declares, in this order (field-knowledge, "Severity": decision tree); the first that
 * is true makes the severity.
 */
export const severityQuestions = {
  'service-unreachable': 'P1',
  'payment-or-login': 'P1',
  'many-users': 'P2',
  'main-function': 'P2',
  'some-users': 'P3',
  'less-than-that': 'P4',
} as const satisfies Record<string, Severity>;

/** The name of a question; as a rule it reads `question:<name>`. */
export type SeverityQuestion = keyof typeof severityQuestions;

/** The questions in their order. */
export const questionNames = Object.keys(severityQuestions) as SeverityQuestion[];
