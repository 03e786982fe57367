import { z } from 'zod';
import { registry } from '../registry.ts';
import type { Step } from '../step.ts';
import { RunbookFile } from './runbook-file.ts';

type Schema = { [key: string]: unknown };

/**
 * Prints the JSON Schema (draft 7) of runbook files for editors, from the file's own schema and the catalogue: choosing a step
 * completes and checks its inputs. Committed as runbooks/runbook.schema.json; a test keeps it printed.
 */
export function printRunbookSchema(steps: readonly Step[] = registry): string {
  const schema = z.toJSONSchema(RunbookFile, { io: 'input', target: 'draft-7' }) as Schema;
  const step = dig(schema, 'properties', 'steps', 'items');
  const properties = step.properties as Schema;
  const choices = steps.map((entry) => ({
    if: { properties: { uses: { const: entry.name } } },
    then: { properties: { with: orParameters(inputSchema(entry)) } },
  }));
  const uses = {
    type: 'string',
    oneOf: steps.map(({ name, about }) => ({ const: name, description: about })),
  };
  Object.assign(step, { properties: { ...properties, uses }, allOf: choices });
  return `${JSON.stringify({ title: 'Muster runbook', ...schema }, null, 2)}\n`;
}

/** The JSON Schema of one step's input, as people write it. */
export function inputSchema(step: Step): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(step.input, { io: 'input', target: 'draft-7' }) as Schema;
  return schema;
}

/** Wherever a value may stand, `${parameter}` or `${steps.ID.facts.NAME}` may stand instead. */
function orParameters(schema: Schema, root = true): Schema {
  const inner = { ...schema };
  if (inner.properties) {
    inner.properties = Object.fromEntries(
      Object.entries(inner.properties as Record<string, Schema>).map(([name, one]) => [
        name,
        orParameters(one, false),
      ]),
    );
  }
  if (inner.items) inner.items = orParameters(inner.items as Schema, false);
  return root ? inner : { anyOf: [inner, { type: 'string', pattern: '\\$\\{[a-z][a-zA-Z0-9_.-]*\\}' }] };
}

function dig(schema: Schema, ...path: string[]): Schema {
  return path.reduce((inner, key) => inner[key] as Schema, schema);
}
