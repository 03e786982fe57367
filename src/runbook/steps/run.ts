import { defineStep } from '../step.ts';
import { performTool, ToolInput } from '../systems/tools/tool-step.ts';

/** For what no step covers: a tool of the operator's own that only looks. */
export const run = defineStep({
  name: 'run',
  about:
    'Runs a tool that an operator listed in muster.yaml and that only reads: no shell, no inherited environment, its own time-out; a JSON verdict on standard output counts, else its exit code.',
  effect: 'read',
  input: ToolInput,
  example: { tool: 'check-orders', arguments: ['--since', '15m'] },
  targets: ['tool', 'arguments'],
  timeoutMs: 60_000,
  target: ({ tool }) => `tool ${tool}`,
  run: (input, context) => performTool(input, 'read', context),
});
