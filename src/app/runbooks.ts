import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';
import type { Handle } from '../incident/room.ts';
import { firing, type Incident, type Live } from '../incident/state.ts';
import type { PinnedRunbook, StepReport } from '../incident/steps.ts';
import type { Language } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';
import { createLock } from '../redis/lock.ts';
import { createLooks } from '../redis/looks.ts';
import { alertValues, givenSettings } from '../runbook/file/alert-values.ts';
import { placeholders } from '../runbook/file/params.ts';
import { type Pick as Picked, pickAlongside, pickRunbooks } from '../runbook/file/pick-runbooks.ts';
import { pinRunbook } from '../runbook/file/pin-runbook.ts';
import { type Runbook, textIn } from '../runbook/file/runbook.ts';
import { sharedLabels } from '../runbook/file/shared-labels.ts';
import { catalogue } from '../runbook/registry.ts';
import type { StepJob } from '../runbook/run/plan.ts';
import { stepJobId } from '../runbook/run/render.ts';
import { createRunbookRoom } from '../runbook/run/room.ts';
import { runStepJob, signed } from '../runbook/run/run-step-job.ts';
import type { Json } from '../runbook/step.ts';
import type { Metrics } from '../web/metrics.ts';
import type { Store } from './store.ts';

/** What running runbooks needs. */
export type StepDeps = {
  settings: Settings;
  muster: Muster;
  runbooks: readonly Runbook[];
  store: Store;
  handle: Handle;
  metrics: Metrics;
  secret: (name: string) => string;
  redact: (text: string) => string;
  now: () => number;
  report: Log;
};

/** How often it is looked which locations have a worker. */
const lookEveryMs = 5000;

/** Fills runbooks in for incidents, and lists them. */
export function createRunbookShelf({
  muster,
  runbooks,
  settings,
}: Pick<StepDeps, 'muster' | 'runbooks' | 'settings'>) {
  const given = givenSettings(settings);
  const pin = (runbook: Runbook, { state }: Incident): PinnedRunbook =>
    pinRunbook(runbook, catalogue, {
      service: muster.services[state.service ?? '']?.params ?? {},
      labels: sharedLabels(state),
      alert: alertValues(firing(state)),
      settings: given,
      language: state.language,
      url: state.alerts.find((alert) => alert.runbookUrl)?.runbookUrl ?? null,
    });
  return {
    /** The best runbook for an incident that has none yet, and those that start beside it. */
    match: (incident: Incident): { runbook: PinnedRunbook; rule: string }[] => {
      const { state } = incident;
      const started = (name: string) => state.runs.some((run) => run.name === name);
      const labels = firing(state).map((alert) => alert.labels);
      const serviceRunbook = muster.services[state.service ?? '']?.runbook ?? null;
      const isBest = (name: string) =>
        name === serviceRunbook || !runbooks.some((one) => one.alongside && one.name === name);
      const hasBest = state.runs.some(({ name }) => isBest(name));
      const best = hasBest ? [] : pickRunbooks(runbooks, { labels, serviceRunbook }).slice(0, 1);
      const beside = pickAlongside(runbooks, labels).filter(
        ({ runbook }) => !started(runbook.name) && best[0]?.runbook !== runbook,
      );
      const pinned = (picks: Picked[]) =>
        picks.map(({ runbook, rule }) => ({ runbook: pin(runbook, incident), rule }));
      return [
        ...pinned(best),
        // What nobody asked for should not arrive with a question.
        ...pinned(beside).filter(({ runbook }) => isComplete(runbook)),
      ];
    },
    list: (language: Language) =>
      runbooks.map(({ name, title }) => ({ name, title: textIn(title, language) })),
    pin: async (name: string, incident: Incident): Promise<PinnedRunbook | null> => {
      const found = runbooks.find((runbook) => runbook.name === name);
      return found ? pin(found, incident) : null;
    },
  };
}

const isComplete = ({ steps }: PinnedRunbook): boolean =>
  steps.every(({ input }) => placeholders(input as Json).length === 0);

/** The runbook room, and the worker of its steps. */
export function createSteps(deps: StepDeps) {
  const { store, handle, now, report, metrics } = deps;
  const { queues } = store;
  const shelf = createRunbookShelf(deps);
  let staffed: ReadonlySet<string> = new Set();

  const queue = (job: StepJob, state: Live) => queues.step(stepJobId(job), job, job.location, state.severity);

  const look = async (): Promise<void> => {
    staffed = new Set(await queues.locations());
  };

  const stepDeps = {
    catalogue,
    now,
    log: report,
    secret: deps.secret,
    redact: deps.redact,
    tool: (name: string) => deps.muster.tools[name],
    observe: (step: string, verdict: string, ms: number) =>
      metrics.observe('muster_step_seconds', { step, verdict }, ms / 1000),
    load: async (id: number) => (await store.log.load(id)).state,
    send: async (id: number, command: Parameters<typeof signed>[0]) => {
      const outcome = await handle(id, signed(command, now()));
      return 'events' in outcome ? outcome.events : outcome;
    },
    looks: createLooks<StepJob, StepReport>(store.redis),
    queue,
    lock: createLock(store.redis),
  };

  return {
    shelf,
    room: createRunbookRoom({
      match: shelf.match,
      catalogue,
      queue,
      locations: () => staffed,
    }),
    /** Takes steps of a location; null: those that any worker may run. */
    work: (location: string | null, stop: AbortSignal): Promise<void> =>
      queues.workSteps(location, (job) => runStepJob({ ...job, location }, stepDeps, stop)),
    /** Keeps the list of locations with a worker fresh until `stop`. */
    watchLocations: async (stop: AbortSignal): Promise<void> => {
      await look();
      const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
      stop.addEventListener('abort', () => clearInterval(timer), { once: true });
    },
  };
}
