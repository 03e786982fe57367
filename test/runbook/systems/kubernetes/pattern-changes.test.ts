import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubernetesPatterns as patterns } from '../../../diagnosis/kubernetes-patterns.ts';
import type { KubernetesStage } from '../../../diagnosis/kubernetes-stage.ts';
import { diagnose } from '../../../diagnosis/system.ts';
import { hasKubernetes, kubernetesMissing } from '../../../parts/kubernetes.ts';

describe.skipIf(!hasKubernetes)(`what the pattern runbooks propose (${kubernetesMissing})`, () => {
  let stage: KubernetesStage;
  beforeAll(async () => {
    stage = await patterns.start();
  }, 90_000);
  afterAll(() => patterns.stop(stage), 30_000);

  it.each([
    ['CQRS: both sides answer (control)', ['test-command']],
    ['CQRS: query side unavailable', ['undo-query']],
    ['CQRS: nginx location block broken', ['correct']],
    ['CQRS: Service leads to the wrong container port', ['correct']],
    ['Event Sourcing: store answers, snapshots are made (control)', []],
    ['Event Sourcing: CronJob suspended', ['resume']],
    ['Event Sourcing: ConfigMap mounted beside the alias', ['correct']],
    ['Network: the whole way stands (control)', []],
    ['Network: selector matches no pod', ['correct']],
  ])('%s: %j', async (name, proposed) => {
    const fault = patterns.faults.find((one) => one.name === name)!;
    const { ran } = await diagnose(patterns, stage, fault);
    // Changes and manual steps whose condition holds are the ones that were not looked at for being no reads.
    const shown = ran.filter(({ skipped }) => skipped === 'not a read').map(({ step }) => step.id);
    expect(shown).toEqual(proposed);
  });
});
