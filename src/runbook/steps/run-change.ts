import { defineStep } from '../step.ts';
import { toolMessages } from '../systems/tools/tool-messages.ts';
import { performTool, ToolInput } from '../systems/tools/tool-step.ts';

/** For what no step covers: a tool of the operator's own that changes something. */
export const runChange = defineStep({
  name: 'run-change',
  about:
    'Runs a tool that an operator listed in muster.yaml with the effect change, once, under the rules of run.',
  effect: 'change',
  input: ToolInput,
  example: { tool: 'requeue-order', arguments: ['4711'] },
  targets: ['tool', 'arguments'],
  timeoutMs: 60_000,
  target: ({ tool }) => `tool ${tool}`,
  preview: ({ tool, arguments: args }, language) =>
    toolMessages(language).preview(tool, JSON.stringify(args)),
  run: (input, context) => performTool(input, 'change', context),
});
