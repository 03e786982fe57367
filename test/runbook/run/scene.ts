import { type Command, isRefusal, type Refusal } from '../../../src/incident/commands.ts';
import { decide } from '../../../src/incident/decide.ts';
import type { Happened } from '../../../src/incident/events.ts';
import { evolve } from '../../../src/incident/evolve.ts';
import type { IncidentState, Live } from '../../../src/incident/state.ts';
import type { PinnedRunbook, PinnedStep, StepState } from '../../../src/incident/steps.ts';
import { silent } from '../../../src/kit/log.ts';
import type { Catalogue } from '../../../src/runbook/registry.ts';
import { planRunbook, type RunbookPlan, type StepJob } from '../../../src/runbook/run/plan.ts';
import { runStepJob, signed } from '../../../src/runbook/run/run-step-job.ts';
import type { StepJobCommand } from '../../../src/runbook/run/step-work.ts';

/** A pinned step with everything but what the test is about filled in. */
export const pinned = (step: Partial<PinnedStep> & { id: string }): PinnedStep => ({
  uses: 'look',
  title: step.id,
  effect: 'read',
  input: {},
  target: 'thing',
  preview: step.effect === 'change' ? 'does it' : null,
  condition: null,
  needs: [],
  check: null,
  approvers: { roles: ['ops', 'ic'], people: [], count: 1 as const },
  location: null,
  timeoutMs: 1000,
  ...step,
});

/** An incident in memory that decides and evolves for real, with a clock that only moves when told. */
export function createScene(steps: PinnedStep[], catalogue: Catalogue = new Map()) {
  const clock = { now: 1_000_000 };
  const log: Happened[] = [];
  let state: IncidentState = null;
  const minji = { kind: 'person', person: 'minji', via: 'slack' } as const;
  const treatment = { page: false, channel: false };
  const give = (command: Command): Happened[] | Refusal => {
    const decided = decide(command, state);
    if (!isRefusal(decided)) {
      for (const event of decided) {
        log.push(event);
        state = evolve(state, event);
      }
    }
    return decided;
  };
  give({
    type: 'Declare',
    at: clock.now,
    by: minji,
    opening: {
      key: 'k',
      title: 'Orders',
      severity: 'P2',
      rule: 'declared',
      grouping: 'declared',
      service: 'orders',
      language: 'en',
      treatments: { P1: treatment, P2: treatment, P3: treatment, P4: treatment },
      roles: [
        { role: 'ic', person: 'minji', rule: 'primary' },
        { role: 'ops', person: 'jun', rule: 'secondary' },
      ],
    },
  });
  const runbook: PinnedRunbook = {
    run: 'r@1',
    name: 'r',
    version: '1',
    title: 'R',
    url: null,
    recheckMs: 180_000,
    budgetMs: 120_000,
    steps,
  };
  give({ type: 'StartRunbook', at: clock.now, by: minji, runbook, rule: 'test' });
  const send = (command: StepJobCommand) => give(signed(command, clock.now));
  const scene = {
    clock,
    log,
    give,
    send,
    minji,
    state: () => state as Live,
    step: (id: string): StepState => (state as Live).runs[0]!.steps.find((step) => step.id === id)!,
    phase: (id: string) => scene.step(id).phase.is,
    plan: (locations: string[] = []): RunbookPlan =>
      planRunbook({ id: 42, state: state as Live }, clock.now, new Set(locations), catalogue),
    /** Plans and records until the plan only has jobs left, and gives back those jobs. */
    settle: (locations: string[] = []): StepJob[] => {
      for (let rounds = 0; rounds < 20; rounds++) {
        const plan = scene.plan(locations);
        if (plan.commands.length === 0) return plan.jobs;
        for (const command of plan.commands) send(command);
      }
      throw new Error('the plan never settles');
    },
    approve: (step: string, person = 'jun') => {
      const { phase } = scene.step(step);
      const hash = phase.is === 'proposed' ? phase.hash : '';
      const by = { kind: 'person', person, via: 'slack' } as const;
      return give({ type: 'ApproveStep', at: clock.now, by, run: 'r@1', step, hash, glass: null });
    },
    jobDeps: {
      catalogue,
      now: () => clock.now,
      log: silent,
      secret: (name: string) => name,
      redact: (text: string) => text,
      load: async () => state as Live,
      send: async (_: number, command: StepJobCommand) => send(command),
      looks: {
        share: async () => 'leads' as const,
        finish: async () => [],
        admit: async () => ({ done: async () => {} }),
      },
      queue: async () => {},
      lock: async () => ({ release: async () => {} }),
    },
    work: async (jobs: StepJob[]) => {
      for (const job of jobs) await runStepJob(job, scene.jobDeps);
    },
  };
  return scene;
}
