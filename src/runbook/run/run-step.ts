import type { StepReport } from '../../incident/steps.ts';
import type { Language } from '../../incident/words.ts';
import { complaint } from '../../kit/complaint.ts';
import { Failure, reasonOf } from '../../kit/failure.ts';
import type { Log } from '../../kit/log.ts';
import { createRedactor } from '../../kit/redact.ts';
import { placeholders } from '../file/params.ts';
import { messagesIn } from '../messages.ts';
import type { Json, Step, StepContext, StepResult, Tool } from '../step.ts';
import { capResult } from './cap-result.ts';

/** What every step runs with; `redact` is applied to all text that leaves the runner. */
export type RunnerDeps = {
  now: () => number;
  log: Log;
  secret: (name: string) => string;
  redact: (text: string) => string;
  /** Finds a tool that muster.yaml lists; without it none is. */
  tool?: (name: string) => Tool | undefined;
  /** Counts and times finished steps (metrics); `outcome` is the verdict. */
  observe?: (step: string, outcome: string, ms: number) => void;
};

/** After the budget a step has this long to let go of its sockets before the runner goes on without it. */
const letGoMs = 500;

/**
 * Runs one step within its budget and always comes back with a report. Whatever goes wrong (bad input, time-out, a broken
 * connection, a bug) is the verdict `unknown` with its reason, never `pass`. Output is capped, and redacted of every secret the
 * step asked for as well.
 */
export async function runStep(
  step: Step,
  input: Json,
  language: Language,
  deps: RunnerDeps,
  stop?: AbortSignal,
): Promise<StepReport> {
  const startedAt = deps.now();
  const used: string[] = [];
  const secret = (name: string): string => {
    const value = deps.secret(name);
    used.push(value);
    return value;
  };
  const found = await attempt(step, input, language, { ...deps, secret }, stop);
  const own = createRedactor(used);
  const result = capResult(found, (text) => own(deps.redact(text)), language);
  const ms = Math.max(0, deps.now() - startedAt);
  deps.observe?.(step.name, result.verdict, ms);
  deps.log.info({ uses: step.name, verdict: result.verdict, ms }, 'Runbook step finished');
  return { ...result, facts: result.facts ?? {}, startedAt, ms };
}

async function attempt(
  step: Step,
  input: Json,
  language: Language,
  deps: RunnerDeps,
  stop: AbortSignal | undefined,
): Promise<StepResult> {
  const say = messagesIn(language);
  const missing = [...new Set(placeholders(input).map(({ name }) => name))];
  if (missing.length > 0) return unknown(say.parameterMissing(missing.join(', ')));
  const parsed = step.input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return unknown(say.invalidInput([issue.path.join('.'), complaint(issue)].filter(Boolean).join(': ')));
  }
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort('time-out'), step.timeoutMs);
  const signal = stop ? AbortSignal.any([budget.signal, stop]) : budget.signal;
  try {
    const { now, log, secret, tool = () => undefined } = deps;
    const context: StepContext = { signal, log: log.child({ uses: step.name }), now, language, secret, tool };
    return await untilAborted(step.run(parsed.data, context), signal);
  } catch (error) {
    if (!(error instanceof Failure) && !signal.aborted) {
      deps.log.warn({ step: step.name, reason: deps.redact(reasonOf(error)) }, 'Runbook step broke');
    }
    const change = step.effect === 'change';
    const seconds = String(step.timeoutMs / 1000);
    if (budget.signal.aborted) return unknown(change ? say.changeTimedOut(seconds) : say.timedOut(seconds));
    if (stop?.aborted) return unknown(change ? say.changeBroke(say.cancelled) : say.cancelled);
    const nothingSent = error instanceof Failure && error.code === 'secret-missing';
    return unknown(change && !nothingSent ? say.changeBroke(reasonOf(error)) : say.broke(reasonOf(error)));
  } finally {
    clearTimeout(timer);
  }
}

/** The step's own result, even when it comes just after the signal; a step that does not stop is left behind. */
function untilAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let late: NodeJS.Timeout | undefined;
    const onAbort = () => {
      late = setTimeout(() => reject(new Error('did not stop')), letGoMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    running.then(resolve, reject).finally(() => {
      clearTimeout(late);
      signal.removeEventListener('abort', onAbort);
    });
  });
}

const unknown = (sentence: string): StepResult => ({
  verdict: 'unknown',
  sentence,
  evidence: { columns: [], rows: [] },
});
