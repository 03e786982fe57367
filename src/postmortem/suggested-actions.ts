import type { Incident } from '../incident/state.ts';
import { messages } from './messages.ts';

/**
 * Action items that the log itself asks for: checks that could not look, changes with an unknown outcome, a broken glass, failed
 * pages, an empty level of the escalation, no runbook. Each is about the system, never about a person.
 */
export function suggestedActions({ events, state }: Incident): string[] {
  const texts = messages[state.language].actions;
  const steps = state.runs.flatMap((run) => run.steps);
  const titleOf = (id: string) => steps.find((step) => step.id === id)?.title ?? id;
  const found: string[] = [];
  if (state.runs.length === 0) found.push(texts.noRunbook);
  for (const { phase, title, effect } of steps) {
    if (phase.is === 'over' && phase.report.verdict === 'unknown' && effect === 'read')
      found.push(texts.unknownStep(title));
  }
  for (const event of events) {
    if (event.type === 'StepOutcomeUnknown') found.push(texts.unknownChange(titleOf(event.step)));
    if (event.type === 'StepApproved' && event.glass) found.push(texts.glass(titleOf(event.step)));
    if (event.type === 'PageFailed') found.push(texts.pager(event.pager));
    if (event.type === 'NobodyOnCall') found.push(texts.nobodyOnCall);
  }
  return [...new Set(found)].slice(0, 10);
}
