import { z } from 'zod';
import { textIn } from '../file/runbook.ts';
import { Text } from '../file/runbook-file.ts';
import { defineStep } from '../step.ts';

const input = z.strictObject({ question: Text.describe('What only people know, answered by yes or no') });

/** A question to people. The room shows two buttons; `facts.done` of the answer is true for yes. */
export const question = defineStep({
  name: 'question',
  about: 'Asks people what no probe can know; later steps read the answer as facts.done (true for yes).',
  effect: 'manual',
  input,
  example: { question: { en: 'Did the schema change?', ko: '스키마가 바뀌었나요?' } },
  targets: [],
  timeoutMs: 0,
  target: () => 'people',
  preview: ({ question }, language) => textIn(question, language),
  run: async () => ({
    verdict: 'unknown',
    sentence: 'Only a person can answer this.',
    evidence: { columns: [], rows: [] },
  }),
});
