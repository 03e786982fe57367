import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings } from '../config/settings.ts';
import { reasonOf } from '../kit/failure.ts';
import { createDraftWriter } from '../postmortem/draft.ts';
import { byPlace, problemLine, readBehaviour } from './behaviour.ts';
import type { Environment } from './start-up.ts';
import { warningsOf } from './warnings.ts';

/** What `muster check` found; lines are ready to be printed. */
export type Checked = { problems: string[]; warnings: string[]; summary: string };

/** Checks settings, muster.yaml, runbooks, templates and what they say of each other; everything at once. */
export async function check(env: Environment): Promise<Checked> {
  const read = readSettings(env, (path) => readFileSync(path, 'utf8'), true);
  const settings = 'settings' in read ? read.settings : null;
  const behaviour = await readBehaviour((settings?.MUSTER_CONFIG ?? env.MUSTER_CONFIG) || undefined);
  const problems = [
    ...('problems' in read ? read.problems : []),
    ...behaviour.problems.toSorted(byPlace).map(problemLine),
  ];
  try {
    createDraftWriter(resolve(import.meta.dirname, '../../templates'), (text) => text);
  } catch (error) {
    problems.push(reasonOf(error));
  }
  const { muster, runbooks, file } = behaviour;
  // Of what was not understood, every warning would be a guess.
  const understood = settings !== null && behaviour.problems.length === 0;
  const warnings = understood ? warningsOf(settings, behaviour, env) : [];
  const count = (what: string, found: object): string => {
    const { length } = Object.keys(found);
    return `${length} ${what}${length === 1 || what === 'people' ? '' : 's'}`;
  };
  const counts = [
    count('people', muster.people),
    count('service', muster.services),
    count('rotation', muster.rotations),
    count('runbook', runbooks),
  ];
  // What was not understood was not counted either.
  const summary = problems.length > 0 ? '' : `${file ?? 'built-in defaults'}: ${counts.join(', ')}`;
  return { problems, warnings, summary };
}

/** Prints what the check found, and answers with the exit code: 1 when anything is wrong. */
export async function runCheck(env: Environment, asJson: boolean): Promise<number> {
  const checked = await check(env);
  if (asJson) process.stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
  else {
    for (const problem of checked.problems) process.stdout.write(`problem  ${problem}\n`);
    for (const warning of checked.warnings) process.stdout.write(`warning  ${warning}\n`);
    process.stdout.write(
      checked.problems.length === 0 ? `ok  ${checked.summary}\n` : `${checked.problems.length} to mend\n`,
    );
  }
  return checked.problems.length === 0 ? 0 : 1;
}
