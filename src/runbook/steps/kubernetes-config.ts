import { z } from 'zod';
import { defineStep } from '../step.ts';
import { templateKinds, viewConfig } from '../systems/kubernetes/config-view.ts';
import { judgeConfig } from '../systems/kubernetes/judge-config.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';

const kinds = Object.keys(templateKinds) as (keyof typeof templateKinds)[];

const input = z.strictObject({
  ...KubeInput,
  workload: KubeName.describe('Whose configuration is read'),
  kind: z.enum(kinds).default('Deployment'),
  configmaps: z.array(KubeName).max(20).default([]).describe('ConfigMaps beyond those its pods name'),
  files: z
    .array(z.string().startsWith('/').max(300))
    .max(20)
    .default([])
    .describe('URL paths that its nginx must answer from a file of a ConfigMap'),
});

/** Reads a workload's ConfigMaps the way its containers do, and names the line that is wrong. */
export const kubernetesConfig = defineStep({
  name: 'kubernetes-config',
  about:
    'Reads the ConfigMaps of a workload: they and their keys exist, nginx files and JSON parse, files are mounted where alias and root point. Needs the role muster-read of deploy/kubernetes-rbac.yaml.',
  effect: 'read',
  input,
  example: {
    cluster: exampleCluster,
    namespace: 'shop',
    workload: 'event-store',
    files: ['/events/orders.json'],
  },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, `${input.kind.toLowerCase()}/${input.workload}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube) => {
      const { namespace, kind, workload: name, configmaps: extra } = input;
      const view = await viewConfig(kube, { namespace, kind, name, extra });
      return judgeConfig(view, input.files, context.language);
    }),
});
