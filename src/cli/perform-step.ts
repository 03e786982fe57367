import type { PinnedStep, StepReport } from '../incident/steps.ts';
import type { Perform } from '../runbook/run-pinned.ts';

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
 * by a person. What takes two people is left to the incident's channel, where two can be told apart.
 */
export const performStep =
  ({ approve, ask, run }: Doing): Perform =>
  async (step) => {
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
    const typed = await ask(
      `\n  ${step.title}\n    runs     ${step.preview}\n    on       ${step.target}\n  Type ${step.target} to run it, anything else to leave it: `,
    );
    return typed.trim() === step.target
      ? run(step)
      : { skipped: `Not done: its target was not typed. ${would}` };
  };
