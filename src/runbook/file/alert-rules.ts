import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, readYaml } from '../../kit/yaml-source.ts';

/** The alerting rules there are, by name, and what is wrong with how they are written. */
export type AlertRules = { names: ReadonlySet<string>; problems: Problem[] };

/** Whatever the file says in this place, read as an object; rule files are other people's and may be half written. */
const fieldsOf = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

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
    for (const [group, written] of listOf(fieldsOf(source.value).groups).entries()) {
      for (const [index, rule] of listOf(fieldsOf(written).rules).entries()) {
        const { alert, annotations } = fieldsOf(rule);
        if (typeof alert !== 'string') continue;
        names.add(alert);
        if (fieldsOf(annotations).runbook_url) continue;
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
