import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { StepState } from '../../src/incident/steps.ts';
import { readStep, runbookOf } from './change.ts';
import { person, play, receive, t0 } from './given.ts';

const by = person('jun');
const at = { run: 'redis@1', step: 'quorum' };
const answered = (uses: string, done: boolean): StepState['phase'] => {
  const steps = [{ ...readStep, uses, effect: 'manual' as const }];
  const commands: Command[] = [
    receive(),
    { type: 'StartRunbook', at: t0, by, runbook: runbookOf(steps), rule: 'matched' },
    { type: 'AnswerManual', at: t0, by, ...at, answer: { done, note: null } },
  ];
  return play(...commands).state!.runs[0]!.steps[0]!.phase;
};

it.each([
  ['question', true, 'pass'],
  ['question', false, 'pass'],
  ['manual', true, 'pass'],
  ['manual', false, 'warn'],
])('%s answered %s is %s, and later steps read the answer', (uses, done, verdict) => {
  expect(answered(uses, done)).toMatchObject({
    is: 'over',
    report: { verdict, sentence: '', facts: { done } },
  });
});
