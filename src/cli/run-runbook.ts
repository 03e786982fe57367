import type { Muster } from '../config/muster-yaml.ts';
import type { Verdict } from '../incident/words.ts';
import { reasonOf } from '../kit/failure.ts';
import { silent } from '../kit/log.ts';
import { writeReport } from '../runbook/evidence/report-file.ts';
import { givenSettings } from '../runbook/file/alert-values.ts';
import { fillStep } from '../runbook/file/fill-facts.ts';
import { loadRunbook } from '../runbook/file/load-runbooks.ts';
import { pinRunbook } from '../runbook/file/pin-runbook.ts';
import type { Runbook } from '../runbook/file/runbook.ts';
import { catalogue } from '../runbook/registry.ts';
import { causeOf, type Ran, worstOf } from '../runbook/run/ran.ts';
import { type Perform, runPinned } from '../runbook/run/run-pinned.ts';
import { runStep } from '../runbook/run/run-step.ts';
import type { Json } from '../runbook/step.ts';
import { problemLine } from './behaviour.ts';
import { performStep } from './perform-step.ts';
import { createProgress } from './progress.ts';
import { reportOf, rowOf } from './run-report.ts';
import { startUp, type Terminal } from './start-up.ts';

/** What `muster runbook run` was asked for. */
export type RunOptions = { target?: string[]; approve?: boolean; from: string; json?: boolean };

/** Exit codes by verdict; the worst one counts. */
const exits: Record<Verdict, number> = { pass: 0, warn: 3, fail: 4, unknown: 5 };

/**
 * Runs a runbook file from a terminal, showing what runs and each step as it ends. Changes are shown and not done, unless
 * `--approve` was given and a person types their target. Answers with the exit code of the worst verdict.
 */
export async function runRunbook(
  file: string,
  options: RunOptions,
  { env, now, width, ask }: Terminal,
): Promise<number> {
  const started = await startUp(env, false);
  if ('problems' in started) return refuse(started.problems);
  const { behaviour, settings, redact, secret } = started;
  const loaded = await loadRunbook(file, catalogue).catch(
    (error: { code?: string }) => `cannot be read (${error.code ?? reasonOf(error)})`,
  );
  if (typeof loaded === 'string') return refuse([`${file}: ${loaded}`]);
  if (loaded.runbook === null) return refuse(loaded.problems.map(problemLine));
  const values = valuesOf(options.target ?? [], behaviour.muster.services, loaded.runbook);
  if (typeof values === 'string') return refuse([values]);

  const { language } = behaviour.muster;
  const pinned = pinRunbook(loaded.runbook, catalogue, {
    service: values,
    labels: {},
    settings: givenSettings(settings),
    language,
    url: null,
  });
  const progress = createProgress(options.json ? null : process.stdout, width);
  progress.write(`${pinned.title}\n\n`);
  const tool = (name: string) => behaviour.muster.tools[name];
  const deps = { now, log: silent, secret, redact, tool };
  // The first Ctrl-C ends what runs and says what became of it; the second ends us.
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  const perform = performStep({
    approve: options.approve === true,
    ask: ask && ((question) => progress.during(() => ask(question))),
    run: (step) =>
      progress.while(step.title, () =>
        runStep(catalogue.get(step.uses)!, step.input as Json, language, deps, stopping.signal),
      ),
  });
  const unlessStopped: Perform = async (step) =>
    stopping.signal.aborted ? { skipped: 'Not done: it was stopped before.' } : perform(step);
  const ran = await runPinned(
    pinned,
    { perform: unlessStopped, fill: fillStep(catalogue, language) },
    (one) => progress.write(rowOf(one, width)),
  ).finally(() => process.off('SIGINT', stop));

  const worst = endOf(ran);
  const cause = causeOf(ran)?.report.sentence ?? null;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(writeReport(pinned, ran, { place: options.from, at: now() }))}\n`
      : reportOf(worst, cause, width),
  );
  return exits[worst];
}

/** How it stands at the end: where something was changed, what the change and its check say counts, not why it was made. */
function endOf(ran: readonly Ran[]): Verdict {
  const changes = ran.filter(({ step, report }) => step.effect === 'change' && report !== null);
  const since = ran.filter((one) =>
    changes.some(({ step }) => step === one.step || step.check === one.step.id),
  );
  return worstOf(changes.length > 0 ? since : ran);
}

/** What the steps look at: the parameters of services in muster.yaml, and single ones; later ones go before. */
function valuesOf(
  targets: string[],
  services: Muster['services'],
  { name: runbook, params }: Runbook,
): Record<string, Json> | string {
  const values: Record<string, Json> = {};
  for (const target of targets) {
    const [name = '', ...rest] = target.split('=');
    if (rest.length > 0 && name !== '' && !Object.hasOwn(params, name)) {
      return `--target: runbook ${runbook} has no parameter ${name}; it has ${Object.keys(params).join(', ') || 'none'}`;
    }
    if (rest.length > 0 && name !== '') values[name] = jsonOrText(rest.join('='));
    else if (services[target]) Object.assign(values, services[target].params);
    else {
      const known = Object.keys(services).join(', ') || 'none';
      return `--target takes name=value or a service of muster.yaml (${known}); not "${target}"`;
    }
  }
  return values;
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function refuse(problems: string[]): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return 1;
}
