import { z } from 'zod';
import { textIn } from '../file/runbook.ts';
import { Text } from '../file/runbook-file.ts';
import { defineStep } from '../step.ts';

const input = z.strictObject({
  decision: Text.describe('What to do, in one sentence'),
  reasons: z.array(Text).min(1).max(5).describe('Why, one sentence each'),
});

/** Says what follows from the answers so far. Which advice is given is the condition of the step. */
export const advice = defineStep({
  name: 'advice',
  about: 'Says a decision and its reasons; several with different conditions make a decision aid.',
  effect: 'read',
  input,
  example: {
    decision: { en: 'Roll back.', ko: '롤백하세요.' },
    reasons: [{ en: 'The fix takes over 30 minutes.', ko: '수정에 30분 넘게 걸립니다.' }],
  },
  targets: [],
  timeoutMs: 1000,
  target: () => 'people',
  run: async ({ decision, reasons }, { language }) => ({
    verdict: 'pass',
    sentence: [decision, ...reasons].map((text) => textIn(text, language)).join(' '),
    evidence: { columns: [], rows: [] },
  }),
});
