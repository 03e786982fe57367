import type { PinnedRunbook, PinnedStep } from '../../incident/steps.ts';
import type { Language } from '../../incident/words.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import type { Step } from '../step.ts';
import { fill, type ParameterSources, type ParameterValues, resolveParameters } from './params.ts';
import { type Runbook, type RunbookStep, textIn } from './runbook.ts';

/** What a runbook is filled in with: the service's `params` in muster.yaml, the labels that all alerts share, the alert that fired. */
export type PinContext = ParameterSources & {
  language: Language;
  url: string | null;
};

/**
 * Fixes a runbook for one incident: parameters filled in, titles in the channel's language, a step with several views split
 * into one step per view (`listeners/inside`). Later edits of the file do not touch it. A parameter without a value stays
 * visible as `${name}`; that step then reports `unknown` and says what to set.
 */
export function pinRunbook(runbook: Runbook, catalogue: Catalogue, context: PinContext): PinnedRunbook {
  const values = resolveParameters(runbook.params, context);
  const parts = new Map(
    runbook.steps.map((step) => [
      step.id,
      pinStep(step, runbook, catalogue.get(step.uses)!, values, context),
    ]),
  );
  const steps = [...parts.values()]
    .flat()
    .map((step) => ({ ...step, needs: step.needs.flatMap((need) => parts.get(need)!.map(({ id }) => id)) }));
  const { name, version, recheckMs, budgetMs } = runbook;
  const title = textIn(runbook.title, context.language);
  return { run: `${name}@${version}`, name, version, title, url: context.url, recheckMs, budgetMs, steps };
}

/** Its own title, else that of the change it verifies, else its id. */
function titleOf(step: RunbookStep, runbook: Runbook, language: Language): string {
  if (step.title !== null) return textIn(step.title, language);
  const change = runbook.steps.find(({ check, title }) => check === step.id && title !== null);
  return change ? messagesIn(language).checkOf(textIn(change.title!, language)) : step.id;
}

function pinStep(
  step: RunbookStep,
  runbook: Runbook,
  entry: Step,
  values: ParameterValues,
  { language }: PinContext,
): PinnedStep[] {
  const input = fill(step.with, values);
  const parsed = entry.input.safeParse(input);
  const parts = (parsed.success && entry.split?.(parsed.data, input)) || [
    { name: null, location: step.at, input },
  ];
  const title = titleOf(step, runbook, language);
  return parts.map((part) => {
    const own = entry.input.safeParse(part.input);
    return {
      id: part.name === null ? step.id : `${step.id}/${part.name}`,
      uses: step.uses,
      title: part.name === null ? title : `${title}: ${part.name}`,
      effect: entry.effect,
      input: part.input,
      target: own.success ? entry.target(own.data) : step.uses,
      preview: own.success ? (entry.preview?.(own.data, language) ?? null) : null,
      condition: step.if?.source ?? null,
      needs: step.needs,
      check: step.check,
      approvers: step.approve,
      ...(step.afterMs > 0 && { afterMs: step.afterMs }),
      location: part.location ?? step.at,
      timeoutMs: entry.timeoutMs,
    };
  });
}
