import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../kit/yaml-source.ts';
import type { Catalogue } from '../registry.ts';
import { lintRunbook } from './lint.ts';
import { lintAlerts } from './lint-alerts.ts';
import { readRunbook } from './read-runbook.ts';
import type { Runbook } from './runbook.ts';

/** The runbooks of a directory in the order of their file names; a runbook with any problem is left out. */
export type LoadedRunbooks = { runbooks: Runbook[]; problems: Problem[] };

/** Loads and lints one file. Where the names of all alerting rules are given, those it waits for must be among them. */
export async function loadRunbook(
  file: string,
  catalogue: Catalogue,
  alertNames?: ReadonlySet<string>,
): Promise<{ runbook: Runbook | null; problems: Problem[] }> {
  const read = readRunbook(file, await readFile(file, 'utf8'));
  const problems = [...read.problems, ...lintRunbook(read, catalogue)];
  if (read.runbook && alertNames) problems.push(...lintAlerts(read.runbook, read.source, alertNames));
  return { runbook: problems.length === 0 ? read.runbook : null, problems };
}

/** Loads and lints every `*.yaml` and `*.yml` of a directory. A directory that is missing throws. */
export async function loadRunbooks(directory: string, catalogue: Catalogue): Promise<LoadedRunbooks> {
  const names = (await readdir(directory)).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const loaded: LoadedRunbooks = { runbooks: [], problems: [] };
  for (const name of names) {
    const file = join(directory, name);
    const { runbook, problems } = await loadRunbook(file, catalogue);
    loaded.problems.push(...problems);
    if (!runbook) continue;
    const twin = loaded.runbooks.find((other) => other.name === runbook.name);
    if (twin) {
      const message = `the name "${runbook.name}" is already used by ${twin.file}`;
      loaded.problems.push({ file, line: 1, column: 1, message });
    } else loaded.runbooks.push(runbook);
  }
  return loaded;
}
