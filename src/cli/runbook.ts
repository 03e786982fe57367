import { dirname, resolve } from 'node:path';
import { readAlertRules } from '../runbook/file/alert-rules.ts';
import { loadRunbook } from '../runbook/file/load-runbooks.ts';
import { textIn } from '../runbook/file/runbook.ts';
import { catalogue } from '../runbook/registry.ts';
import { problemLine, readBehaviour } from './behaviour.ts';
import type { Environment } from './start-up.ts';

/** Lists the runbooks that muster.yaml names. Answers with the exit code. */
export async function listRunbooks(env: Environment, asJson: boolean): Promise<number> {
  const { runbooks, problems } = await readBehaviour(env.MUSTER_CONFIG || undefined);
  for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
  const rows = runbooks.map(({ name, title, version, steps }) => ({
    name,
    version,
    title: textIn(title, 'en'),
    steps: steps.length,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length), 0) + 2;
  const lines = rows.map(
    ({ name, title, steps }) =>
      `${name.padEnd(width)}${String(steps).padStart(2)} ${steps === 1 ? 'step ' : 'steps'}  ${title}`,
  );
  process.stdout.write(asJson ? `${JSON.stringify(rows, null, 2)}\n` : `${lines.join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

/** The shipped alerting rules. */
const shippedRules = resolve(import.meta.dirname, '../../alert-rules');

/**
 * Checks runbook files and the alerts they wait for, against the shipped rules and those that muster.yaml names; all problems at
 * once. Answers with the exit code.
 */
export async function lint(files: string[], env: Environment, asJson: boolean): Promise<number> {
  const behaviour = await readBehaviour(env.MUSTER_CONFIG || undefined);
  const here = dirname(behaviour.file ?? '.');
  const own = behaviour.muster.alert_rules.map((path) => resolve(here, path));
  const rules = await readAlertRules([shippedRules, ...own]);
  const all = files.length === 0;
  const problems = all ? [...behaviour.problems, ...rules.problems] : [];
  for (const file of all ? behaviour.runbooks.map((runbook) => runbook.file) : files) {
    const read = await loadRunbook(file, catalogue, rules.names).catch((error: { code?: string }) => ({
      problems: [{ file, line: 1, column: 1, message: `cannot be read (${error.code ?? String(error)})` }],
    }));
    problems.push(...read.problems);
  }
  if (asJson) process.stdout.write(`${JSON.stringify(problems, null, 2)}\n`);
  else if (problems.length === 0) process.stdout.write('ok\n');
  else process.stdout.write(`${problems.map(problemLine).join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}
