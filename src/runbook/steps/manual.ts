import { z } from 'zod';
import { defineStep } from '../step.ts';

const text = z.string().min(1).max(1000);
const input = z.strictObject({
  instructions: z.union([text, z.strictObject({ en: text, ko: text })]).describe('What to do, for people'),
});

/** Something only people can do. The room shows it with buttons for done and not done; no job runs it. */
export const manual = defineStep({
  name: 'manual',
  about: 'Asks people to do something and to say whether it is done.',
  effect: 'manual',
  input,
  example: { instructions: { en: 'Switch the payment provider to B.', ko: '결제 대행사를 B로 전환하세요.' } },
  targets: [],
  timeoutMs: 0,
  target: () => 'people',
  preview: ({ instructions }, language) =>
    typeof instructions === 'string' ? instructions : instructions[language],
  run: async () => ({
    verdict: 'unknown',
    sentence: 'Only a person can do this step.',
    evidence: { columns: [], rows: [] },
  }),
});
