import { expect, it } from 'vitest';
import { question } from '../../../src/runbook/steps/question.ts';
import { runForReal } from '../../parts/run.ts';

it('shows the question to people, and answers nothing by itself', async () => {
  const input = { question: { en: 'Did the schema change?', ko: '스키마가 바뀌었나요?' } };
  expect(question.effect).toBe('manual');
  expect(question.preview!(input, 'en')).toBe('Did the schema change?');
  expect(question.preview!(input, 'ko')).toBe('스키마가 바뀌었나요?');
  expect(await runForReal(question, input)).toMatchObject({ verdict: 'unknown' });
});
