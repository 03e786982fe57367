import type { Language } from '../../../incident/words.ts';
import type { Json, StepResult } from '../../step.ts';
import { type Finding, resultOf } from './finding.ts';
import type { Condition, Pod } from './kube-objects.ts';
import { podMessages } from './pod-messages.ts';
import { witnessRows } from './pod-witness.ts';
import { workloadMessages } from './workload-messages.ts';
import { ownedBy, revisionOf, type WorkloadView } from './workload-view.ts';

/** A revision that came up once may still be what broke it for this long, in milliseconds; later, something else did. */
const youngMs = 60 * 60_000;

/** A Deployment in figures, as judge and changes read it. */
export function countsOf({ deployment, replicaSets, pods, trouble, now }: WorkloadView) {
  const { spec, status = {} } = deployment;
  const desired = spec.replicas ?? 1;
  const available = status.availableReplicas ?? 0;
  const condition = (type: string) => status.conditions?.find((one) => one.type === type);
  const newest = replicaSets[0];
  const inNewest = (pod: Pod) => newest !== undefined && ownedBy(pod, newest.metadata.uid);
  const deadline = condition('Progressing')?.reason === 'ProgressDeadlineExceeded';
  const progress = condition('Progressing');
  const settled = progress?.reason === 'NewReplicaSetAvailable';
  const young = now - (Date.parse(newest?.metadata.creationTimestamp ?? '') || 0) < youngMs;
  const short = available < desired;
  return {
    desired,
    available,
    short,
    deadline,
    condition,
    revision: revisionOf(deployment),
    previous: replicaSets[1] ? revisionOf(replicaSets[1]) : 0,
    /** A roll-out that still moves explains pods that are not ready, unless the pods themselves say more. */
    moving: progress?.status === 'True' && !settled,
    healthy: !short && !deadline && trouble === null,
    /** The pod in trouble belongs to the newest revision: what was rolled out last does not work. */
    newFails:
      deadline ||
      ((young || !settled) && pods.some((pod) => pod.metadata.name === trouble?.pod && inNewest(pod))),
  };
}

/** Turns a Deployment's view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeWorkload(view: WorkloadView, language: Language): StepResult {
  const say = workloadMessages(language);
  const pod = podMessages(language);
  const { deployment, replicaSets, pods, trouble, witness } = view;
  const { name } = deployment.metadata;
  const counts = countsOf(view);
  const state = say.state(name, counts.available, counts.desired);
  const rows = [
    [say.deployment(name), say.counts(counts.available, counts.desired, counts.revision)],
    ...problemsIn(deployment.status?.conditions).map(({ type, reason, message }) => [
      say.condition(type),
      `${reason ?? ''}: ${message ?? ''}`,
    ]),
    ...replicaSets
      .filter(({ spec }) => (spec.replicas ?? 0) > 0)
      .map((set) => [
        say.replicaSet(set.metadata.name),
        say.counts(set.status?.readyReplicas ?? 0, set.spec.replicas ?? 0, revisionOf(set)),
      ]),
    ...pods.slice(0, 8).map((one) => [say.pod(one.metadata.name), podState(one)]),
    ...(witness ? witnessRows(witness, pod) : []),
  ];
  const findings = findingsOf(view, language, state);
  const facts: Record<string, Json> = {
    desired: counts.desired,
    available: counts.available,
    healthy: counts.healthy,
    deadline_exceeded: counts.deadline,
    revision: counts.revision,
    previous_revision: counts.previous,
    new_revision_fails: counts.newFails && (counts.short || counts.deadline),
    trouble: trouble?.kind ?? '',
    pod: trouble?.pod ?? '',
    container: trouble?.container ?? '',
  };
  return resultOf(findings, { evidence: { columns: say.columns, rows }, facts });
}

function findingsOf(view: WorkloadView, language: Language, state: string): Finding[] {
  const say = workloadMessages(language);
  const { deployment, trouble } = view;
  const { name } = deployment.metadata;
  const { desired, available, short, deadline, condition, revision, newFails, moving } = countsOf(view);
  const findings: Finding[] = [];
  const broken = short || deadline;
  if (trouble) {
    const why = podMessages(language).trouble[trouble.kind](trouble);
    const sentence = newFails && deadline ? say.stuck(state, revision, why) : say.because(state, why);
    const early = moving && ['pod-not-ready', 'pod-not-starting'].includes(trouble.kind);
    findings.push(
      broken && !early ? { verdict: 'fail', sentence, cause: trouble.kind } : { verdict: 'warn', sentence },
    );
  }
  const failure = condition('ReplicaFailure');
  if (failure?.status === 'True') {
    const sentence = say.because(state, say.cannotCreate(failure.message ?? failure.reason ?? ''));
    findings.push(
      broken ? { verdict: 'fail', sentence, cause: 'pods-cannot-be-created' } : { verdict: 'warn', sentence },
    );
  }
  if (deadline) {
    const sentence = say.because(state, say.deadline(revision));
    findings.push({ verdict: 'fail', sentence, cause: 'rollout-deadline-exceeded' });
  }
  if (short && condition('Available')?.status === 'False') {
    const sentence = say.because(state, say.unavailable);
    findings.push(
      moving ? { verdict: 'warn', sentence } : { verdict: 'fail', sentence, cause: 'deployment-unavailable' },
    );
  }
  const { generation } = deployment.metadata;
  if ((generation ?? 0) > (deployment.status?.observedGeneration ?? generation ?? 0)) {
    findings.push({ verdict: 'warn', sentence: say.notObserved(name) });
  }
  if (desired === 0) findings.push({ verdict: 'warn', sentence: say.scaledToZero(name) });
  else if (short) findings.push({ verdict: 'warn', sentence: say.rollingOut(state) });
  if (deployment.spec.paused) findings.push({ verdict: 'warn', sentence: say.paused(name) });
  findings.push({ verdict: 'pass', sentence: say.healthy(name, available, desired, revision) });
  return findings;
}

const problemsIn = (conditions: Condition[] = []) =>
  conditions.filter(({ type, status }) => (status === 'True') === (type === 'ReplicaFailure'));

/** A pod in a few words, as `kubectl get pods` shows it. */
export function podState({ status }: Pod): string {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = all.find(({ state }) => state?.waiting?.reason || state?.terminated?.exitCode);
  const reason = waiting?.state?.waiting?.reason ?? waiting?.state?.terminated?.reason;
  const restarts = all.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const last = all.find(({ lastState }) => lastState?.terminated)?.lastState?.terminated;
  const parts = [
    reason ?? status?.reason ?? status?.phase ?? '',
    `${status?.containerStatuses?.filter(({ ready }) => ready).length ?? 0}/${status?.containerStatuses?.length ?? 0}`,
    ...(restarts > 0 ? [`↻${restarts}`] : []),
    ...(last ? [`${last.reason ?? ''} exit ${last.exitCode}`] : []),
  ];
  return parts.join(' · ');
}
