import type { Incident } from '../../incident/state.ts';
import { slackCode } from '../../kit/text.ts';
import type { Answer } from './answer.ts';
import { change } from './change.ts';
import type { Ask } from './verb.ts';

/** Asks for a step again. A change asked for by a person has to be approved by somebody else. */
export const requestStep = (
  ask: Ask,
  incident: Incident,
  at: { run: string; step: string },
): Promise<Answer> =>
  change(
    ask,
    incident,
    'runbook',
    { type: 'RequestStep', ...at },
    {
      done: () => ask.texts.done.stepRequested(slackCode(at.step)),
      same: () => ask.texts.done.stepBusy(slackCode(at.step)),
    },
  );
