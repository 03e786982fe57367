import { parseSetting } from './parse-setting.ts';
import { settingRules } from './setting-rules.ts';
import { type Setting, settingsTable } from './settings-table.ts';

type Table = typeof settingsTable;
type Value<S extends Setting> = S['kind'] extends 'integer'
  ? number
  : S['kind'] extends 'urls' | 'names'
    ? string[]
    : S['kind'] extends 'addresses'
      ? { host: string; port: number }[]
      : string;

/** The environment's settings, checked and typed, under their own names; what was not set and has no default is undefined. */
export type Settings = {
  readonly [Name in keyof Table]: Table[Name] extends { default: string }
    ? Value<Table[Name]>
    : Value<Table[Name]> | undefined;
};

/**
 * Reads the settings. Either all of them are right, or `problems` names everything that is wrong, one sentence each.
 * `readFile` gives the text of the file that a `NAME_FILE` variable names. `doors` says that this process will listen, so the
 * credentials its doors need must be there (nobody starts with an open webhook).
 */
export function readSettings(
  env: Record<string, string | undefined>,
  readFile: (path: string) => string,
  doors: boolean,
): { settings: Settings } | { problems: string[] } {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, setting] of Object.entries<Setting>(settingsTable)) {
    const found = setting.kind === 'secret' ? readSecret(env, readFile, name) : textOf(env[name]);
    if (found !== undefined) given.add(name);
    if (typeof found === 'object') problems.push(found.problem);
    const text = found ?? setting.default;
    if (typeof text !== 'string') continue;
    const parsed = parseSetting(setting, text);
    if ('problem' in parsed) problems.push(`${name} ${parsed.problem}`);
    else settings[name] = parsed.value;
  }
  problems.push(...settingRules(settings as Settings, given, doors));
  return problems.length === 0 ? { settings: settings as Settings } : { problems };
}

/**
 * The secret of that name from the environment or from the file that `NAME_FILE` names (its last line end is not part of
 * it), undefined when there is neither. Serves the table above and the `secretRef` names of muster.yaml and runbooks.
 */
export function readSecret(
  env: Record<string, string | undefined>,
  readFile: (path: string) => string,
  name: string,
): string | undefined | { problem: string } {
  const value = textOf(env[name]);
  const file = textOf(env[`${name}_FILE`]);
  if (file === undefined) return value;
  if (value !== undefined) return { problem: `${name} and ${name}_FILE are both set; keep one` };
  try {
    return (
      textOf(readFile(file).replace(/\r?\n$/, '')) ?? { problem: `${name}_FILE names an empty file: ${file}` }
    );
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error);
    return { problem: `${name}_FILE names a file that cannot be read: ${file} (${why})` };
  }
}

/** Every value that must be masked in every sink, passwords inside addresses included. */
export function secretsOf(settings: Settings): string[] {
  return Object.entries<Setting>(settingsTable).flatMap(([name, { kind }]) => {
    const value = settings[name as keyof Settings];
    if (typeof value !== 'string') return [];
    if (kind === 'secret') return [value];
    if (kind !== 'redis-url') return [];
    const { password } = new URL(value);
    return password === '' ? [] : [password, decodeURIComponent(password)];
  });
}

const textOf = (value: string | undefined) =>
  value === undefined || value.trim() === '' ? undefined : value;
