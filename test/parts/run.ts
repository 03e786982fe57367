import type { Language } from '../../src/incident/words.ts';
import { silent } from '../../src/kit/log.ts';
import { runStep } from '../../src/runbook/run/run-step.ts';
import type { Json, Step, Tool } from '../../src/runbook/step.ts';

/** Runs a step as the room would, from its written input; secrets resolve from the given table. */
export const runForReal = (
  step: Step,
  input: Json,
  {
    language = 'en',
    secrets = {},
    tools = {},
  }: { language?: Language; secrets?: Record<string, string>; tools?: Record<string, Tool> } = {},
) =>
  runStep(step, input, language, {
    now: Date.now,
    log: silent,
    secret: (name) => secrets[name] ?? '',
    redact: (text) => text,
    tool: (name) => tools[name],
  });
