import { readFileSync } from 'node:fs';
import { readSecret, readSettings, type Settings, secretsOf } from '../config/settings.ts';
import { Failure } from '../kit/failure.ts';
import { createRedactor } from '../kit/redact.ts';
import { type Behaviour, byPlace, problemLine, readBehaviour } from './behaviour.ts';

/** The environment, as `main.ts` hands it over. */
export type Environment = Record<string, string | undefined>;

/** Where a command reads and answers. Clock, environment and terminal come from `main.ts` only. */
export type Terminal = {
  env: Environment;
  now: () => number;
  /** Columns of the terminal; null where standard output is none. */
  width: number | null;
  /** Asks whoever sits at the terminal; null where standard input is none. */
  ask: ((question: string) => Promise<string>) | null;
};

const readFile = (path: string): string => readFileSync(path, 'utf8');

/** Everything a command needs before it starts. */
export type StartUp = {
  settings: Settings;
  behaviour: Behaviour;
  /** Masks every declared secret and every known token pattern. */
  redact: (text: string) => string;
  /** Resolves a `secretRef`; a missing one is a Failure that names it. */
  secret: (name: string) => string;
};

/** Reads all settings and files; either everything is right, or `problems` names all that is wrong, one line each. */
export async function startUp(env: Environment, doors: boolean): Promise<StartUp | { problems: string[] }> {
  const read = readSettings(env, readFile, doors);
  const configured = 'settings' in read ? read.settings.MUSTER_CONFIG : env.MUSTER_CONFIG;
  const behaviour = await readBehaviour(configured || undefined);
  const problems = [
    ...('problems' in read ? read.problems : []),
    ...behaviour.problems.toSorted(byPlace).map(problemLine),
  ];
  if ('problems' in read || problems.length > 0) return { problems };
  const { settings } = read;
  const secret = (name: string): string => {
    const value = readSecret(env, readFile, name);
    if (typeof value === 'string') return value;
    throw new Failure({
      code: 'secret-missing',
      what: 'A secret that the configuration names is missing',
      value: value?.problem ?? name,
      remedy: `Set ${name} or ${name}_FILE in Muster's environment.`,
      retry: 'never',
    });
  };
  return { settings, behaviour, redact: createRedactor(secretsOf(settings)), secret };
}
