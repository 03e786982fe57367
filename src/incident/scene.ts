import type { Live, Status } from './state.ts';
import type { RunState, StepState } from './steps.ts';
import type { Severity, Verdict } from './words.ts';

/**
 * What a proposal rests on: how bad it is, whether it goes on, and what the steps found that the change waits for. Kept with
 * the proposal, so that nobody approves what was shown for another situation.
 */
export type Scene = {
  severity: Severity;
  status: Status['is'];
  findings: Record<string, { verdict: Verdict; cause: string | null }>;
};

/** The scene of a step now. */
export function sceneOf({ severity, status }: Live, run: Pick<RunState, 'steps'>, step: StepState): Scene {
  const findings: Scene['findings'] = {};
  for (const { id, phase } of run.steps) {
    if (!step.needs.includes(id) || phase.is !== 'over') continue;
    findings[id] = { verdict: phase.report.verdict, cause: phase.report.cause ?? null };
  }
  return { severity, status: status.is, findings };
}

/** What differs between two scenes; empty when a decision made for one is good for the other. */
export function whatChanged(before: Scene, now: Scene): ('severity' | 'status' | 'findings')[] {
  const ids = new Set([...Object.keys(before.findings), ...Object.keys(now.findings)]);
  const same = [...ids].every((id) => {
    const [a, b] = [before.findings[id], now.findings[id]];
    return a?.verdict === b?.verdict && a?.cause === b?.cause;
  });
  return [
    ...(before.severity === now.severity ? [] : (['severity'] as const)),
    ...(before.status === now.status ? [] : (['status'] as const)),
    ...(same ? [] : (['findings'] as const)),
  ];
}

/** What may be said of a proposal that is made again: what differs, or that who approved it may not any more. */
export type Changed = (ReturnType<typeof whatChanged>[number] | 'approvers')[];
