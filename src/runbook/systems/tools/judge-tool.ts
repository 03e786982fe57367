import { z } from 'zod';
import type { StepResult } from '../../step.ts';
import type { ToolEnd } from './run-tool.ts';
import type { ToolMessages } from './tool-messages.ts';

const row = z.array(z.string()).max(20);

/** The JSON that a tool may write to standard output instead of speaking through its exit code; strict, so that a typo is seen. */
const ToolVerdict = z.strictObject({
  verdict: z.enum(['pass', 'warn', 'fail', 'unknown']),
  sentence: z.string().min(1).max(600),
  cause: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be in kebab-case')
    .optional(),
  evidence: z.strictObject({ columns: row, rows: z.array(row).max(100) }).optional(),
  facts: z.record(z.string(), z.json()).optional(),
});

/** How many of the last lines are shown. */
const lastLines = 12;

/**
 * What the end of a tool says: its JSON verdict, else its exit code with its last lines. A verdict that its exit code
 * contradicts, or that is not valid, is `unknown`. Pure.
 */
export function judgeTool(end: ToolEnd, name: string, timeoutMs: number, say: ToolMessages): StepResult {
  const lines = (end.stdout.trim() === '' ? end.stderr : end.stdout).trimEnd().split('\n').slice(-lastLines);
  const evidence = { columns: [say.output], rows: lines.filter(Boolean).map((line) => [line]) };
  const facts = { exit_code: end.code };
  const unknown = (sentence: string): StepResult => ({ verdict: 'unknown', sentence, evidence, facts });

  if (end.ended === 'timeout') return unknown(say.timedOut(name, timeoutMs));
  if (end.ended === 'killed') return unknown(say.killed(name));
  const spoken = end.whole ? jsonOf(end.stdout) : undefined;
  if (spoken !== undefined) {
    const parsed = ToolVerdict.safeParse(spoken);
    if (!parsed.success) {
      const { path = [], message = '' } = parsed.error.issues[0] ?? {};
      return unknown(say.invalid(name, [path.join('.'), message].filter(Boolean).join(': ')));
    }
    const { verdict, sentence, cause, ...rest } = parsed.data;
    if (verdict === 'pass' && end.code !== 0) return unknown(say.contradicts(name, end.code ?? -1));
    return {
      verdict,
      sentence,
      ...(cause !== undefined && verdict === 'fail' && { cause }),
      evidence: rest.evidence ?? { columns: [], rows: [] },
      facts: { ...rest.facts, exit_code: end.code },
    };
  }
  const last = lines.at(-1) ?? '';
  return end.code === 0
    ? { verdict: 'pass', sentence: say.passed(name, last), evidence, facts }
    : { verdict: 'fail', sentence: say.failed(name, end.code ?? -1, last), evidence, facts };
}

/** An object with a verdict in it is meant as one; any other output is text. */
function jsonOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && 'verdict' in value ? value : undefined;
  } catch {
    return undefined;
  }
}
