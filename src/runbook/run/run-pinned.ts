import type { PinnedRunbook, PinnedStep, StepReport } from '../../incident/steps.ts';
import type { JoinedStep } from './join-parts.ts';
import { conditionOf, joined, type Ran } from './ran.ts';

/** Does one step, or says why it is not done. */
export type Perform = (step: PinnedStep) => Promise<StepReport | { skipped: string }>;

/** How steps are done: `fill` puts what earlier ones found into a step's input. */
export type Doing = {
  perform: Perform;
  fill: (step: PinnedStep, found: Record<string, JoinedStep>) => PinnedStep | { skipped: string };
};

/**
 * Plays a pinned runbook to its end without an incident: a step starts as soon as all it needs is over, independent ones run at
 * the same time, and conditions see what earlier steps found. `onEnd` hears of each step as it ends; the answer is in the
 * runbook's order. A check runs only after a change that `perform` did.
 */
export async function runPinned(
  { steps }: PinnedRunbook,
  { perform, fill }: Doing,
  onEnd: (ran: Ran) => void = () => {},
): Promise<Ran[]> {
  const over = new Map<string, Ran>();
  const started = new Set<string>();
  const inOrder = (): Ran[] => steps.flatMap((step) => over.get(step.id) ?? []);
  const end = (ran: Ran): void => {
    over.set(ran.step.id, ran);
    onEnd(ran);
  };

  const play = async (step: PinnedStep): Promise<void> => {
    const skipped = reasonToSkip(step, inOrder());
    const filled = skipped === null ? fill(step, joined(inOrder())) : { skipped };
    const done = 'skipped' in filled ? filled : await perform(filled);
    const shown = 'skipped' in filled ? step : filled;
    end(
      'skipped' in done
        ? { step: shown, report: null, ...done }
        : { step: shown, report: done, skipped: null },
    );
    await advance();
  };
  const advance = async (): Promise<void> => {
    const ready = steps.filter((step) => !started.has(step.id) && step.needs.every((need) => over.has(need)));
    for (const { id } of ready) started.add(id);
    await Promise.all(ready.map(play));
  };
  await advance();
  return inOrder();
}

function reasonToSkip(step: PinnedStep, ran: readonly Ran[]): string | null {
  const changes = ran.filter((one) => one.step.check === step.id);
  if (changes.length > 0 && changes.every(({ report }) => report === null))
    return 'It checks a change that was not made.';
  if (step.afterMs) return 'It comes later in an incident.';
  return step.condition === null ? null : conditionOf(step.condition, joined(ran));
}
