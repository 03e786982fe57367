import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { musterWarnings } from '../config/muster-warnings.ts';
import { readSettings } from '../config/settings.ts';
import { reasonOf } from '../kit/failure.ts';
import { createDraftWriter } from '../postmortem/draft.ts';
import { problemLine, readBehaviour } from './behaviour.ts';
import { configuredPagers } from './pagers.ts';
import type { Environment } from './start-up.ts';

/** What `muster check` found; lines are ready to be printed. */
export type Checked = { problems: string[]; warnings: string[]; summary: string };

/** Checks settings, muster.yaml, runbooks, templates and what they say of each other; everything at once. */
export async function check(env: Environment): Promise<Checked> {
  const read = readSettings(env, (path) => readFileSync(path, 'utf8'), true);
  const settings = 'settings' in read ? read.settings : null;
  const behaviour = await readBehaviour((settings?.MUSTER_CONFIG ?? env.MUSTER_CONFIG) || undefined);
  const problems = [...('problems' in read ? read.problems : []), ...behaviour.problems.map(problemLine)];
  try {
    createDraftWriter(resolve(import.meta.dirname, '../../templates'), (text) => text);
  } catch (error) {
    problems.push(reasonOf(error));
  }
  const { muster, runbooks, file } = behaviour;
  const warnings = settings ? musterWarnings(muster, configuredPagers(settings, muster)) : [];
  const counts = [
    `${Object.keys(muster.people).length} people`,
    `${Object.keys(muster.services).length} services`,
    `${Object.keys(muster.rotations).length} rotations`,
    `${runbooks.length} runbooks`,
  ];
  return { problems, warnings, summary: `${file ?? 'built-in defaults'}: ${counts.join(', ')}` };
}

/** Prints what the check found, and answers with the exit code: 1 when anything is wrong. */
export async function runCheck(env: Environment, asJson: boolean): Promise<number> {
  const checked = await check(env);
  if (asJson) process.stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
  else {
    for (const problem of checked.problems) process.stdout.write(`problem  ${problem}\n`);
    for (const warning of checked.warnings) process.stdout.write(`warning  ${warning}\n`);
    process.stdout.write(
      `${checked.problems.length === 0 ? 'ok' : `${checked.problems.length} to mend`}  ${checked.summary}\n`,
    );
  }
  return checked.problems.length === 0 ? 0 : 1;
}
