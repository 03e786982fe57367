import { z } from 'zod';
import { createRedactor } from '../../../kit/redact.ts';
import type { StepContext, StepResult } from '../../step.ts';
import { judgeTool } from './judge-tool.ts';
import { runTool } from './run-tool.ts';
import { toolMessages } from './tool-messages.ts';

/** Which tool is run, and with what. */
export const ToolInput = z.strictObject({
  tool: z
    .string()
    .regex(/^[a-zA-Z0-9][\w.-]{0,59}$/, 'must be a name under tools in muster.yaml')
    .describe('Its name under tools in muster.yaml'),
  arguments: z
    .array(
      z
        .string()
        .max(1000)
        .refine((text) => !text.includes('\0'), 'must not hold a zero byte'),
    )
    .max(50)
    .default([])
    .describe('Handed over one by one; no shell reads them'),
});

/**
 * Runs a listed tool and says what its end means. A tool that is not listed, or that is listed for the other effect, is not run:
 * `unknown` for a read; `fail` for a change, because it is certain that nothing happened.
 */
export async function performTool(
  input: z.output<typeof ToolInput>,
  effect: 'read' | 'change',
  { tool: find, secret, signal, language }: StepContext,
): Promise<StepResult> {
  const say = toolMessages(language);
  const refuse = (sentence: string): StepResult => ({
    verdict: effect === 'change' ? 'fail' : 'unknown',
    sentence,
    evidence: { columns: [], rows: [] },
  });
  const tool = find(input.tool);
  if (!tool) return refuse(say.notListed(input.tool));
  if (tool.effect !== effect)
    return refuse(tool.effect === 'change' ? say.isChange(input.tool) : say.isRead(input.tool));

  const secrets: string[] = [];
  const environment = Object.fromEntries(
    Object.entries(tool.environment).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      secrets.push(secret(value.secretRef));
      return [name, secrets.at(-1)!];
    }),
  );
  const end = await runTool(tool, input.arguments, environment, signal);
  if ('notStarted' in end) return refuse(say.notStarted[end.notStarted](input.tool, end.detail));
  const redact = createRedactor(secrets);
  const shown = { ...end, stdout: redact(end.stdout), stderr: redact(end.stderr) };
  return judgeTool(shown, input.tool, tool.timeout, say);
}
