import type { ConfigMessages } from './config-messages.ts';
import type { ConfigView } from './config-view.ts';
import type { Finding } from './finding.ts';
import type { NginxText } from './judge-config.ts';
import { type MountedFile, mountedFiles } from './mounted-files.ts';
import { directivesNamed, filesFor, type NginxPlace } from './nginx-files.ts';

const nameOf = (path: string) => path.split('/').at(-1) ?? '';

/**
 * Judges whether the files that nginx names are where ConfigMaps put them: those behind the given URL paths, which must come from a
 * ConfigMap, and every `alias` to a file that a ConfigMap has under the same name, but mounts elsewhere.
 */
export function judgeServed(
  view: ConfigView,
  texts: readonly NginxText[],
  uris: readonly string[],
  say: ConfigMessages,
  rows: string[][],
): Finding[] {
  const files = mountedFiles(view.pod, view.maps);
  const asked = uris.map((uri) => {
    const places = texts.flatMap((text) =>
      filesFor(uri, text.directives).map((place) => ({ ...place, text })),
    );
    return judgeUri(uri, places, files, view, say, rows);
  });
  const aliased = texts.flatMap((text) =>
    directivesNamed('alias', text.directives)
      .map(({ args, line }) => ({ path: args[0]!, line, text }))
      .filter(({ path }) => !path.endsWith('/') && !path.includes('$'))
      .map((place) =>
        judgePlace(
          place,
          files.filter((file) => !isRead(file, text)),
          view,
          say,
        ),
      ),
  );
  return [...asked, ...aliased].filter((finding) => finding !== null);
}

type Place = NginxPlace & { text: NginxText };

const isThere = ({ path, text }: Place, files: readonly MountedFile[]) =>
  files.some((file) => file.path === path && file.container === text.container);

function judgeUri(
  uri: string,
  places: readonly Place[],
  files: readonly MountedFile[],
  view: ConfigView,
  say: ConfigMessages,
  rows: string[][],
): Finding | null {
  const [place] = places;
  if (place === undefined) {
    rows.push([uri, say.noFile]);
    return { verdict: 'unknown', sentence: say.noLocation(uri) };
  }
  const found = places.find((one) => isThere(one, files));
  rows.push([uri, found ? say.servedFrom(found.path) : say.notServed(place.path)]);
  if (found !== undefined) return null;
  const elsewhere = judgePlace(place, files, view, say);
  if (elsewhere !== null || isOnVolume(place, view)) return elsewhere;
  const where = `${place.text.place}:${place.line}`;
  return {
    verdict: 'fail',
    sentence: say.notMounted(uri, place.path, where),
    cause: 'configmap-not-mounted',
  };
}

/** Some `alias` or `root` of the server reads the file where it is, so that it is not the one another line misses. */
function isRead({ path }: MountedFile, { directives }: NginxText): boolean {
  const read = [...directivesNamed('alias', directives), ...directivesNamed('root', directives)];
  return read.some(
    ({ args: [place = ''] }) => path === place || path.startsWith(`${place.replace(/\/$/, '')}/`),
  );
}

/** The file is in a ConfigMap of the same container, but mounted at another path. */
function judgePlace(
  place: Place,
  files: readonly MountedFile[],
  view: ConfigView,
  say: ConfigMessages,
): Finding | null {
  if (isThere(place, files) || isOnVolume(place, view)) return null;
  const twin = files.find(
    ({ container, path }) => container === place.text.container && nameOf(path) === nameOf(place.path),
  );
  if (twin === undefined) return null;
  const sentence = say.elsewhere(
    `${place.text.place}:${place.line}`,
    place.path,
    `${twin.map}/${twin.key}`,
    twin.path,
  );
  return { verdict: 'fail', sentence, cause: 'configmap-mounted-elsewhere' };
}

/** A volume that holds more than ConfigMaps is mounted over the path: what lies there cannot be seen from here. */
function isOnVolume({ path, text }: Place, { pod }: ConfigView): boolean {
  const mounts = pod.containers.find(({ name }) => name === text.container)?.volumeMounts ?? [];
  return mounts.some(({ name, mountPath }) => {
    const volume = pod.volumes?.find((one) => one.name === name);
    const opaque = volume?.configMap === undefined && volume?.projected === undefined;
    return opaque && (path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, '')}/`));
  });
}
