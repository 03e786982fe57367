import type { PinnedStep, StepReport } from '../incident/steps.ts';
import { bareText } from '../kit/bare-text.ts';
import { oneLine } from '../kit/text.ts';
import type { Perform } from '../runbook/run/run-pinned.ts';

/** What a terminal run needs to do a step. */
export type Doing = {
  /** Changes may be made, each after its target was typed. */
  approve: boolean;
  /** Asks the person at the terminal; null where there is nobody to ask. */
  ask: ((question: string) => Promise<string>) | null;
  run: (step: PinnedStep) => Promise<StepReport>;
};

/**
 * Does the steps of a runbook that a terminal may: looks at once, changes only with `--approve` and after their target was typed
 * by a person, one change after the other. What takes two people is left to the incident's channel, where two can be told apart.
 */
export function performStep({ approve, ask, run }: Doing): Perform {
  let before: Promise<unknown> = Promise.resolve();

  const confirm = async (step: PinnedStep, question: NonNullable<Doing['ask']>, would: string) => {
    const target = oneLine(step.target);
    if (target === '') return { skipped: `Not done: it names no target to type. ${would}` };
    const typed = await question(
      `\n  ${oneLine(step.title)}\n    runs     ${bareText(step.preview ?? '')}\n    on       ${target}\n  Type ${target} to run it, anything else to leave it: `,
    );
    return typed.trim() === target ? run(step) : { skipped: `Not done: its target was not typed. ${would}` };
  };

  return async (step) => {
    if (step.effect === 'manual')
      return { skipped: step.preview ? `For people: ${step.preview}` : 'For people.' };
    if (step.effect === 'read') return run(step);
    if (step.preview === null)
      return { skipped: 'It cannot be shown what would run: its input is not valid.' };
    const would = `It would be: ${step.preview}`;
    if (!approve) return { skipped: `Not done; --approve asks for it. ${would}` };
    if (step.approvers.count > 1)
      return { skipped: `Not done: two people have to approve it, in Slack. ${would}` };
    if (ask === null) return { skipped: `Not done: a change needs a person at a terminal. ${would}` };
    // Two questions at once would take one line for both.
    const confirmed = before.then(() => confirm(step, ask, would));
    before = confirmed.catch(() => {});
    return confirmed;
  };
}
