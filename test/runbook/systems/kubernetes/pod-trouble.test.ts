import { describe, expect, it } from 'vitest';
import type { ContainerStatus, Pod } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { troubleOf } from '../../../../src/runbook/systems/kubernetes/pod-trouble.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

const pod = (
  status: NonNullable<Pod['status']>,
  container: Partial<ContainerStatus> | null = null,
  metadata: Partial<Pod['metadata']> = {},
): Pod => ({
  metadata: { name: 'orders-1', ...metadata },
  spec: {
    containers: [{ name: 'app', image: 'shop/app:1', resources: { limits: { memory: '256Mi' } } }],
  },
  status: {
    ...status,
    ...(container && {
      containerStatuses: [{ name: 'app', ready: false, restartCount: 0, ...container }],
    }),
  },
});
const ready = (status: 'True' | 'False', since: number) => ({
  type: 'Ready',
  status,
  lastTransitionTime: ago(since),
});
const running = { state: { running: { startedAt: ago(3600) } } };
const waiting = (reason: string, message = '') => ({ state: { waiting: { reason, message } } });
const ended = (reason: string, since: number, exitCode = 137) => ({
  terminated: { reason, exitCode, finishedAt: ago(since) },
});
const unscheduled = (since: number) => ({
  type: 'PodScheduled',
  status: 'False' as const,
  reason: 'Unschedulable',
  lastTransitionTime: ago(since),
});

describe('troubleOf', () => {
  it.each<[string, string, Pod]>([
    ['image', 'image-pull-failed', pod({ phase: 'Pending' }, waiting('ErrImagePull'))],
    ['a name that is no image', 'image-pull-failed', pod({ phase: 'Pending' }, waiting('InvalidImageName'))],
    [
      'a ConfigMap that is missing',
      'container-config-error',
      pod({ phase: 'Pending' }, waiting('CreateContainerConfigError')),
    ],
    [
      'a command that is missing',
      'container-start-failed',
      pod({ phase: 'Running' }, waiting('RunContainerError')),
    ],
    [
      'out of memory, waiting to start again',
      'container-oom-killed',
      pod({ phase: 'Running' }, { ...waiting('CrashLoopBackOff'), lastState: ended('OOMKilled', 30) }),
    ],
    [
      'out of memory five minutes ago, and running again',
      'container-oom-killed',
      pod(
        { phase: 'Running', conditions: [ready('True', 200)] },
        { ...running, lastState: ended('OOMKilled', 300) },
      ),
    ],
    [
      'a crash loop',
      'container-crash-loop',
      pod({ phase: 'Running' }, { ...waiting('CrashLoopBackOff'), lastState: ended('Error', 30, 1) }),
    ],
    [
      'a crash between two starts',
      'container-crash-loop',
      pod({ phase: 'Running' }, { state: ended('Error', 1, 1), restartCount: 3 }),
    ],
    ['evicted', 'pod-evicted', pod({ phase: 'Failed', reason: 'Evicted' })],
    [
      'no node for two minutes',
      'pod-unschedulable',
      pod({ phase: 'Pending', conditions: [unscheduled(120)] }),
    ],
    [
      'was ready, and has not been for two minutes',
      'pod-not-ready',
      pod({ phase: 'Running', conditions: [ready('False', 120)] }, running),
    ],
    [
      'a volume that does not come for six minutes',
      'pod-not-starting',
      pod({ phase: 'Pending', conditions: [ready('False', 360)] }, waiting('ContainerCreating')),
    ],
  ])('%s: %s', (_, kind, one) => {
    expect(troubleOf(one, now)).toMatchObject({ kind, pod: 'orders-1' });
  });

  it.each<[string, Pod]>([
    ['runs and is ready', pod({ phase: 'Running', conditions: [ready('True', 60)] }, running)],
    ['waits for a node that is being added', pod({ phase: 'Pending', conditions: [unscheduled(30)] })],
    [
      'starts slowly',
      pod(
        { phase: 'Running', conditions: [ready('False', 200)] },
        { state: { running: { startedAt: ago(190) } } },
      ),
    ],
    [
      'pulls a large image',
      pod({ phase: 'Pending', conditions: [ready('False', 200)] }, waiting('ContainerCreating')),
    ],
    [
      'ran out of memory an hour ago',
      pod(
        { phase: 'Running', conditions: [ready('True', 3500)] },
        { ...running, lastState: ended('OOMKilled', 3600) },
      ),
    ],
    [
      'is being deleted',
      pod({ phase: 'Running' }, waiting('CrashLoopBackOff'), { deletionTimestamp: ago(5) }),
    ],
    ['has done its work', pod({ phase: 'Succeeded' }, { state: ended('Completed', 60, 0) })],
  ])('is nothing: %s', (_, one) => {
    expect(troubleOf(one, now)).toBeNull();
  });

  it('reads the log of the start before, unless the container has ended and not started again', () => {
    const loop = { ...waiting('CrashLoopBackOff'), lastState: ended('Error', 30, 1) };
    expect(troubleOf(pod({ phase: 'Running' }, loop), now)).toMatchObject({ previous: true, exitCode: 1 });
    const over = { state: ended('Error', 30, 2) };
    expect(troubleOf(pod({ phase: 'Failed' }, over), now)).toMatchObject({
      kind: 'container-failed',
      previous: false,
      exitCode: 2,
    });
  });

  it('names the init container that fails, not the one that waits for it', () => {
    const one = pod({ phase: 'Pending', conditions: [ready('False', 900)] }, waiting('PodInitializing'));
    one.spec.initContainers = [{ name: 'migrate', image: 'shop/migrate:1' }];
    one.status!.initContainerStatuses = [
      { name: 'migrate', ready: false, restartCount: 4, ...waiting('CrashLoopBackOff') },
    ];
    expect(troubleOf(one, now)).toMatchObject({ kind: 'container-crash-loop', container: 'migrate' });
  });
});
