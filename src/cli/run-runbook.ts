import type { PinnedStep } from '../incident/steps.ts';
import type { Verdict } from '../incident/words.ts';
import { reasonOf } from '../kit/failure.ts';
import { silent } from '../kit/log.ts';
import { loadRunbook } from '../runbook/load-runbooks.ts';
import { pinRunbook } from '../runbook/pin-runbook.ts';
import { catalogue } from '../runbook/registry.ts';
import { runPinned } from '../runbook/run-pinned.ts';
import { runStep } from '../runbook/run-step.ts';
import type { Json } from '../runbook/step.ts';
import { problemLine } from './behaviour.ts';
import { reportOf, rowOf } from './run-report.ts';
import { startUp, type Terminal } from './start-up.ts';

/** What `muster runbook run` was asked for. */
export type RunOptions = { param?: string[]; service?: string; json?: boolean };

/** Exit codes by verdict; the worst one counts. */
const exits: Record<Verdict, number> = { pass: 0, warn: 3, fail: 4, unknown: 5 };
const order: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];

/**
 * Runs the probes of a runbook file from a terminal, in order, showing each as it ends. Changes and manual steps are shown
 * and not done. Answers with the exit code of the worst verdict.
 */
export async function runRunbook(
  file: string,
  options: RunOptions,
  { env, now, width }: Terminal,
): Promise<number> {
  const started = await startUp(env, false);
  if ('problems' in started) return refuse(started.problems);
  const { behaviour, redact, secret } = started;
  const loaded = await loadRunbook(file, catalogue).catch((error: unknown) => reasonOf(error));
  if (typeof loaded === 'string') return refuse([`${file}: ${loaded}`]);
  if (loaded.runbook === null) return refuse(loaded.problems.map(problemLine));
  const service = behaviour.muster.services[options.service ?? ''];
  if (options.service && !service)
    return refuse([`--service: muster.yaml has no service "${options.service}"`]);
  const given = parametersOf(options.param ?? []);
  if (typeof given === 'string') return refuse([given]);

  const language = 'en';
  const values = { ...(service?.params ?? {}), ...given };
  const pinned = pinRunbook(loaded.runbook, catalogue, { service: values, labels: {}, language, url: null });
  const progress = (text: string): void => void (options.json || process.stdout.write(text));
  progress(`${pinned.title}\n\n`);
  const deps = { now, log: silent, secret, redact };
  const perform = async (step: PinnedStep) => {
    if (step.effect === 'change')
      return { skipped: `Not done from here. It would be: ${step.preview ?? step.uses}` };
    if (step.effect === 'manual') return { skipped: 'For people.' };
    return runStep(catalogue.get(step.uses)!, step.input as Json, language, deps);
  };
  const ran = await runPinned(pinned, perform, (one) => progress(rowOf(one, width)));

  const verdicts = ran.flatMap(({ report }) => (report ? [report.verdict] : []));
  const worst = order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ runbook: pinned.run, verdict: worst, steps: ran }, null, 2)}\n`
      : reportOf(worst),
  );
  return exits[worst];
}

function parametersOf(given: string[]): Record<string, Json> | string {
  const values: Record<string, Json> = {};
  for (const text of given) {
    const [name, ...rest] = text.split('=');
    if (!name || rest.length === 0) return `--param takes name=value; not "${text}"`;
    values[name] = jsonOrText(rest.join('='));
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
