import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defaultMuster, loadMuster, type Muster } from '../config/muster-yaml.ts';
import { type Problem, readYaml } from '../kit/yaml-source.ts';
import { loadRunbooks } from '../runbook/file/load-runbooks.ts';
import type { Runbook } from '../runbook/file/runbook.ts';
import { catalogue } from '../runbook/registry.ts';

/** The shipped runbooks, used where there is no folder `runbooks` beside muster.yaml. */
const shipped = resolve(import.meta.dirname, '../../runbooks');

/** What muster.yaml and the runbooks say, and everything that is wrong with them. `file` is null with the defaults. */
export type Behaviour = { muster: Muster; file: string | null; runbooks: Runbook[]; problems: Problem[] };

/** Reads muster.yaml (`MUSTER_CONFIG`, else ./muster.yaml, else the defaults) and the runbooks it names. */
export async function readBehaviour(configured: string | undefined): Promise<Behaviour> {
  const file = configured ?? (existsSync('muster.yaml') ? 'muster.yaml' : null);
  if (file === null) return { ...(await runbooksOf(defaultMuster(), '.')), muster: defaultMuster(), file };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error);
    const message = `cannot be read (${why}); MUSTER_CONFIG names it`;
    return { muster: defaultMuster(), file, runbooks: [], problems: [{ file, line: 1, column: 1, message }] };
  }
  const loaded = loadMuster(text, file);
  if ('muster' in loaded) return withRunbooks(loaded.muster, file, text);
  const { runbooks, problems } = await runbooksOf(defaultMuster(), file);
  return { muster: defaultMuster(), file, runbooks, problems: [...loaded.problems, ...problems] };
}

/** The runbooks of a configuration, beside the file it was read from; the shipped ones where it has none. */
async function runbooksOf(muster: Muster, file: string) {
  const own = resolve(dirname(file), muster.runbooks);
  const found = existsSync(own);
  return { ...(await loadRunbooks(found ? own : shipped, catalogue)), missing: found ? null : own };
}

async function withRunbooks(muster: Muster, file: string, text: string): Promise<Behaviour> {
  const { runbooks, problems, missing } = await runbooksOf(muster, file);
  const source = readYaml(file, text);
  if (missing !== null && source.value && Object.hasOwn(source.value, 'runbooks')) {
    problems.push(source.problemAt(['runbooks'], `runbooks: there is no folder ${missing}`));
  }
  const names = runbooks.map(({ name }) => name);
  for (const [service, { runbook }] of Object.entries(muster.services)) {
    if (runbook === undefined || names.includes(runbook)) continue;
    const message = `services.${service}.runbook: there is no runbook "${runbook}"; there are ${names.join(', ')}`;
    problems.push(source.problemAt(['services', service, 'runbook'], message));
  }
  return { muster, file, runbooks, problems };
}

/** A problem as one line that editors understand. */
export const problemLine = ({ file, line, column, message }: Problem): string =>
  `${file}:${line}:${column}: ${message}`;

/** Sorts problems as somebody mends them: file by file, from top to bottom. */
export const byPlace = (a: Problem, b: Problem): number =>
  a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
