import type { Kube } from './kube.ts';
import type { ConfigMap, PodSpec, PodTemplate } from './kube-objects.ts';
import { orNull } from './look-at-kube.ts';
import { type ConfigMaps, wantedBy } from './mounted-files.ts';

/** The kinds whose pods a configuration can be read for, by the name of their collection in the API. */
export const templateKinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const;

/** Whose configuration is read; `extra` are ConfigMaps beyond those that its pod template names. */
export type ConfigTarget = {
  namespace: string;
  kind: keyof typeof templateKinds;
  name: string;
  extra: readonly string[];
};

/** A workload's pod template and every ConfigMap that it, or the caller, names. */
export type ConfigView = { workload: string; pod: PodSpec; maps: ConfigMaps };

/** Reads a pod template, then its ConfigMaps at the same time. A Failure passes through; a ConfigMap that is missing is null. */
export async function viewConfig(
  kube: Kube,
  { namespace, kind, name, extra }: ConfigTarget,
): Promise<ConfigView> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${templateKinds[kind]}/${name}`;
  const { spec } = await kube.get<{ spec: { template: PodTemplate } }>(path);
  const pod = spec.template.spec;
  const names = [...new Set([...wantedBy(pod).map(({ map }) => map), ...extra])];
  const maps = names.map(async (map) => {
    const found = await orNull(kube.get<ConfigMap>(`/api/v1/namespaces/${namespace}/configmaps/${map}`));
    if (found === null) return [map, null] as const;
    const binary = Object.keys(found.binaryData ?? {}).map((key) => [key, '']);
    return [map, { ...Object.fromEntries(binary), ...found.data }] as const;
  });
  return { workload: `${kind} ${name}`, pod, maps: Object.fromEntries(await Promise.all(maps)) };
}
