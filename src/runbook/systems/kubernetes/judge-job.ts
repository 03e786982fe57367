import type { Language } from '../../../incident/words.ts';
import type { Json, StepResult } from '../../step.ts';
import type { CallCheck } from './check-calls.ts';
import { type Finding, resultOf } from './finding.ts';
import { type JobMessages, jobMessages } from './job-messages.ts';
import { type JobRuns, type JobView, rerunNumber, stateOf } from './job-view.ts';
import { podState } from './judge-workload.ts';
import type { Job } from './kube-objects.ts';
import { podMessages } from './pod-messages.ts';
import { type TroubleKind, troubleKinds } from './pod-trouble.ts';
import { witnessRows } from './pod-witness.ts';

/** What became of the compensation of a Job that failed; `older` ran before that Job began, so it undid something else. */
export type CompensationState = 'complete' | 'running' | 'suspended' | 'failed' | 'missing' | 'older';

const reasons: Record<string, string> = {
  BackoffLimitExceeded: 'job-backoff-limit-exceeded',
  DeadlineExceeded: 'job-deadline-exceeded',
  PodFailurePolicy: 'job-pod-failure-policy',
};

/** A container that ended is what a failed Job is about; these say why it could not even do its work. */
const roots: readonly TroubleKind[] = troubleKinds.slice(0, troubleKinds.indexOf('container-crash-loop'));

/** Turns a Job's view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeJob(view: JobView, language: Language): StepResult {
  const say = jobMessages(language);
  const { job, runs, pods, witness, calls } = view;
  const state = stateOf(job);
  const compensation = view.compensation && compensationOf(view.compensation, job);
  const rows = [
    ...runs.slice(0, 4).map((run) => [say.job(run.metadata.name), describe(run, say)]),
    ...(view.compensation && compensation
      ? [[say.job(view.compensation.name), say.compensation[compensation]]]
      : []),
    ...calls
      .filter((call) => call.state !== 'outside')
      .map((call) => [say.calls(call.source), callText(call, say)]),
    ...pods.slice(0, 6).map((pod) => [say.pod(pod.metadata.name), podState(pod)]),
    ...(witness ? witnessRows(witness, podMessages(language)) : []),
  ];
  const facts: Record<string, Json> = {
    state,
    job: job.metadata.name,
    reruns: runs.filter((run) => rerunNumber(run) > 0).length,
    failed_pods: job.status?.failed ?? 0,
    reason: failedBecause(job)?.reason ?? '',
    calls_wrong: calls.flatMap((call) => (isWrong(call) && call.state !== 'no-endpoint' ? [call.shown] : [])),
    calls_down: calls.flatMap((call) => (call.state === 'no-endpoint' ? [call.shown] : [])),
    compensation: compensation ?? '',
  };
  return resultOf(findingsOf(view, compensation, language), {
    evidence: { columns: say.columns, rows },
    facts,
  });
}

function findingsOf(view: JobView, undone: CompensationState | null, language: Language): Finding[] {
  const say = jobMessages(language);
  const { job, trouble, calls } = view;
  const { name } = job.metadata;
  const state = stateOf(job);
  const wrong = calls.filter(isWrong);
  const suspect = wrong.find((call) => confirmed(view, call));
  const root = trouble && roots.includes(trouble.kind) ? trouble : null;
  const rootText = root && podMessages(language).trouble[root.kind](root);
  if (state === 'complete') return [{ verdict: 'pass', sentence: say.complete(name) }];
  if (state === 'suspended') return [{ verdict: 'warn', sentence: say.suspended(name) }];
  if (state === 'running') {
    if (root) return [{ verdict: 'fail', sentence: say.stuck(name, rootText!), cause: root.kind }];
    const failed = job.status?.failed ?? 0;
    const address = wrong[0] && callText(wrong[0], say);
    if (failed > 0 || trouble) {
      const limit = job.spec.backoffLimit ?? 6;
      return [{ verdict: 'warn', sentence: say.retrying(name, failed, limit, address ?? '') }];
    }
    return [{ verdict: 'pass', sentence: say.running(name) }];
  }
  const { reason = '', message = '' } = failedBecause(job) ?? {};
  const head = say.failed(name, say.reasons[reason] ?? message.slice(0, 160), job.status?.failed ?? 0);
  const tail = undone === null ? '' : ` ${say.undone[undone](view.compensation!.name)}`;
  const fail = (why: string, cause: string): Finding => ({
    verdict: 'fail',
    sentence: `${why === '' ? say.plain(head) : say.because(head, why)}${tail}`,
    cause,
  });
  if (suspect) return [fail(callText(suspect, say), callCauses[suspect.state])];
  if (root) return [fail(rootText!, root.kind)];
  const doubt = wrong[0] ? say.doubt(callText(wrong[0], say)) : '';
  const last = trouble?.exitCode != null ? say.exit(trouble.pod, trouble.exitCode) : '';
  const why = doubt || last;
  if (undone !== null && undone !== 'complete' && undone !== 'running') {
    return [fail(why, 'compensation-did-not-run')];
  }
  return [fail(why, reasons[reason] ?? 'job-failed')];
}

const callCauses = {
  'no-service': 'job-calls-missing-service',
  'no-port': 'job-calls-wrong-port',
  'no-endpoint': 'job-calls-service-without-endpoint',
} as const;
type Wrong = Extract<CallCheck, { state: keyof typeof callCauses }>;
const isWrong = (call: CallCheck): call is Wrong => Object.hasOwn(callCauses, call.state);

/** A log that speaks of something else altogether clears the address; one that cannot be read does not. */
function confirmed({ witness }: JobView, { host }: Wrong): boolean {
  const log = witness?.log;
  if (!Array.isArray(log) || log.length === 0) return true;
  const network =
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|no such host|resolv|refused|timed? ?out|unreachable|connect|unknown host/i;
  return log.some((line) => line.includes(host) || network.test(line));
}

/** What became of a failed Job's compensation: only a run that began after the Job did counts. */
export function compensationOf({ runs }: JobRuns, job: Job): CompensationState {
  const began = Date.parse(job.status?.startTime ?? job.metadata.creationTimestamp ?? '') || 0;
  const born = (run: Job) => Date.parse(run.metadata.creationTimestamp ?? '') || 0;
  const [newest] = runs;
  if (newest === undefined) return 'missing';
  return born(newest) < began ? 'older' : stateOf(newest);
}

const failedBecause = (job: Job) =>
  job.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True') ??
  job.status?.conditions?.find(({ type, status }) => type === 'FailureTarget' && status === 'True');

function describe(job: Job, say: JobMessages): string {
  const { active = 0, succeeded = 0, failed = 0 } = job.status ?? {};
  return [say.states[stateOf(job)], failedBecause(job)?.reason, say.pods(active, succeeded, failed)]
    .filter(Boolean)
    .join(' · ');
}

function callText(call: CallCheck, say: JobMessages): string {
  if (call.state === 'no-service') return say.noService(call.shown, call.service, call.namespace, call.meant);
  if (call.state === 'no-port') return say.noPort(call.shown, call.service, call.ports.join(', '));
  if (call.state === 'no-endpoint') return say.noEndpoint(call.shown, call.service);
  return call.state === 'unreadable' ? say.notChecked(call.shown, call.why) : say.right(call.shown);
}
