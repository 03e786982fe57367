import { z } from 'zod';
import { defineStep, type Step, type StepResult } from '../../../src/runbook/step.ts';

/** What a step of the test reports. */
export const result = (verdict: StepResult['verdict']): StepResult => ({
  verdict,
  sentence: 'said',
  evidence: { columns: [], rows: [] },
});

/** A catalogue of a look and a change that count how often they ran; `behave.do` says what the change does. */
export function steps() {
  const ran = { look: 0, do: 0 };
  const behave = { do: async () => result('pass') };
  const common = {
    about: '',
    input: z.object({}),
    example: {},
    targets: [],
    timeoutMs: 1000,
    target: () => 'thing',
  };
  const look = defineStep({
    ...common,
    name: 'look',
    effect: 'read',
    run: async () => {
      ran.look++;
      return result('pass');
    },
  });
  const act = defineStep({
    ...common,
    name: 'do',
    effect: 'change',
    preview: () => 'does it',
    run: async () => {
      ran.do++;
      return behave.do();
    },
  });
  return { ran, behave, catalogue: new Map<string, Step>([look, act].map((step) => [step.name, step])) };
}
