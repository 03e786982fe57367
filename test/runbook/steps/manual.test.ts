import { expect, it } from 'vitest';
import { manual } from '../../../src/runbook/steps/manual.ts';
import { runForReal } from '../../parts/run.ts';

it('shows its instructions in the language of the channel', () => {
  const both = manual.input.parse(manual.example);
  expect(manual.preview?.(both, 'ko')).toBe('결제 대행사를 B로 전환하세요.');
  expect(manual.preview?.(manual.input.parse({ instructions: 'x' }), 'ko')).toBe('x');
});

it('is never done by a machine', async () => {
  expect(await runForReal(manual, { instructions: 'x' })).toMatchObject({ verdict: 'unknown' });
});
