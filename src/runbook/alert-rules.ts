import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, readYaml } from '../kit/yaml-source.ts';

/** The alerting rules there are, by name, and what is wrong with how they are written. */
export type AlertRules = { names: ReadonlySet<string>; problems: Problem[] };

type Written = { groups?: { rules?: { alert?: unknown; annotations?: Record<string, unknown> }[] }[] };

/**
 * Reads the alerting rules of Prometheus rule files; a folder stands for its `*.yaml` and `*.yml`. A rule without a
 * `runbook_url` is a problem: whoever it wakes has nowhere to go. Recording rules are passed over.
 */
export async function readAlertRules(paths: readonly string[]): Promise<AlertRules> {
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const file of (await Promise.all(paths.map(filesOf))).flat()) {
    const text = await readFile(file, 'utf8').catch((error: { code?: string }) => ({ code: error.code }));
    if (typeof text !== 'string') {
      problems.push({ file, line: 1, column: 1, message: `cannot be read (${text.code})` });
      continue;
    }
    const source = readYaml(file, text);
    problems.push(...source.problems);
    const groups = (source.value as Written | null)?.groups;
    if (!Array.isArray(groups)) continue;
    for (const [group, { rules = [] }] of groups.entries()) {
      for (const [index, { alert, annotations }] of rules.entries()) {
        if (typeof alert !== 'string') continue;
        names.add(alert);
        if (annotations?.runbook_url) continue;
        const at = ['groups', group, 'rules', index, 'alert'];
        problems.push(source.problemAt(at, `alert ${alert} has no runbook_url among its annotations`));
      }
    }
  }
  return { names, problems };
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  return names.map((name) => join(path, name));
}
