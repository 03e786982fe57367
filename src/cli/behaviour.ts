import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defaultMuster, loadMuster, type Muster } from '../config/muster-yaml.ts';
import { type Problem, readYaml } from '../kit/yaml-source.ts';
import { loadRunbooks } from '../runbook/load-runbooks.ts';
import { catalogue } from '../runbook/registry.ts';
import type { Runbook } from '../runbook/runbook.ts';

/** The shipped runbooks, used where there is no folder `runbooks` beside muster.yaml. */
const shipped = resolve(import.meta.dirname, '../../runbooks');

/** What muster.yaml and the runbooks say, and everything that is wrong with them. `file` is null with the defaults. */
export type Behaviour = { muster: Muster; file: string | null; runbooks: Runbook[]; problems: Problem[] };

/** Reads muster.yaml (`MUSTER_CONFIG`, else ./muster.yaml, else the defaults) and the runbooks it names. */
export async function readBehaviour(configured: string | undefined): Promise<Behaviour> {
  const file = configured ?? (existsSync('muster.yaml') ? 'muster.yaml' : null);
  if (file === null) return withRunbooks(defaultMuster(), null, '');
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
  const rest = await withRunbooks(defaultMuster(), null, '');
  return { ...rest, file, problems: [...loaded.problems, ...rest.problems] };
}

async function withRunbooks(muster: Muster, file: string | null, text: string): Promise<Behaviour> {
  const own = resolve(dirname(file ?? '.'), muster.runbooks);
  const { runbooks, problems } = await loadRunbooks(existsSync(own) ? own : shipped, catalogue);
  if (file === null) return { muster, file, runbooks, problems };
  const source = readYaml(file, text);
  if (!existsSync(own) && source.value && Object.hasOwn(source.value, 'runbooks')) {
    problems.push(source.problemAt(['runbooks'], `runbooks: there is no folder ${own}`));
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
