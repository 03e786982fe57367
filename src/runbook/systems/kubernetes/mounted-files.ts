import type { PodSpec, Volume } from './kube-objects.ts';

type MapSource = NonNullable<Volume['configMap']>;

/** ConfigMaps by name; null is one that does not exist. A binary value counts as empty text. */
export type ConfigMaps = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A file of a container that comes from a key of a ConfigMap. */
export type MountedFile = { container: string; path: string; map: string; key: string };

/** A ConfigMap, or a key of it, that a pod asks for; `by` is the field that does, as manifests call it. */
export type Wanted = { map: string; key: string | null; by: string; optional: boolean };

const containersOf = (pod: PodSpec) => [...(pod.initContainers ?? []), ...pod.containers];

/** What a volume takes from ConfigMaps: one, or several projected into one folder. */
const sourcesOf = ({ configMap, projected }: Volume): MapSource[] =>
  [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)].filter(
    (source) => source !== undefined,
  );

/** The files of a source by their path inside the volume: the chosen items, or every key. */
function filesOf({ name, items }: MapSource, maps: ConfigMaps): { path: string; key: string }[] {
  const data = maps[name] ?? {};
  const chosen = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  return chosen.filter(({ key }) => Object.hasOwn(data, key));
}

/** Every ConfigMap and key that a pod template asks for. */
export function wantedBy(pod: PodSpec): Wanted[] {
  const volumes = (pod.volumes ?? []).flatMap((volume) =>
    sourcesOf(volume).flatMap(({ name: map, items = [], optional = false }) => [
      { map, key: null, by: `volume ${volume.name}`, optional },
      ...items.map(({ key }) => ({ map, key, by: `volume ${volume.name}, items`, optional })),
    ]),
  );
  const environment = containersOf(pod).flatMap(({ name, envFrom = [], env = [] }) => [
    ...envFrom.flatMap(({ configMapRef: ref }) =>
      ref ? [{ map: ref.name, key: null, by: `envFrom (${name})`, optional: ref.optional ?? false }] : [],
    ),
    ...env.flatMap(({ name: variable, valueFrom }) => {
      const ref = valueFrom?.configMapKeyRef;
      return ref
        ? [{ map: ref.name, key: ref.key, by: `env ${variable} (${name})`, optional: ref.optional ?? false }]
        : [];
    }),
  ]);
  return [...volumes, ...environment];
}

/** The `subPath` mounts whose volume holds no such file: Kubernetes mounts an empty folder in its place. */
export function emptySubPaths(pod: PodSpec, maps: ConfigMaps): Wanted[] {
  return mountsOf(pod).flatMap(({ container, mount, sources }) => {
    const { subPath } = mount;
    if (subPath === undefined) return [];
    const under = sources.flatMap((source) => filesOf(source, maps)).map(({ path }) => path);
    if (under.some((path) => path === subPath || path.startsWith(`${subPath}/`))) return [];
    const optional = sources.some((source) => source.optional);
    const by = `subPath ${mount.mountPath} (${container})`;
    return [{ map: sources[0]!.name, key: subPath, by, optional }];
  });
}

/** Every file that ConfigMaps put into the containers of a pod template. */
export function mountedFiles(pod: PodSpec, maps: ConfigMaps): MountedFile[] {
  return mountsOf(pod).flatMap(({ container, mount, sources }) =>
    sources.flatMap((source) =>
      filesOf(source, maps).flatMap(({ path, key }) => {
        const inside = pathUnder(path, mount.subPath);
        if (inside === null) return [];
        return [
          {
            container,
            path: `${mount.mountPath}/${inside}`.replace(/\/+/g, '/').replace(/\/$/, ''),
            map: source.name,
            key,
          },
        ];
      }),
    ),
  );
}

function pathUnder(path: string, subPath: string | undefined): string | null {
  if (subPath === undefined) return path;
  if (path === subPath) return '';
  return path.startsWith(`${subPath}/`) ? path.slice(subPath.length + 1) : null;
}

function mountsOf(pod: PodSpec) {
  return containersOf(pod).flatMap((container) =>
    (container.volumeMounts ?? []).flatMap((mount) => {
      const volume = pod.volumes?.find(({ name }) => name === mount.name);
      const sources = volume === undefined ? [] : sourcesOf(volume);
      return sources.length === 0 ? [] : [{ container: container.name, mount, sources }];
    }),
  );
}
