import { stringify } from 'yaml';
import { z } from 'zod';
import type { Step } from '../runbook/step.ts';

const effects: Record<Step['effect'], string> = {
  read: 'Only looks.',
  change: 'Changes something: it is approved, run once, and checked.',
  manual: 'Done by people.',
};

/** The reference of the runbook steps as Markdown, one section per catalogue entry, written from what the entry says of itself. */
export function printSteps(steps: readonly Step[]): string {
  const intro = `# Runbook steps\n\nWhat "uses" can name in a runbook. Texts of an input may hold parameters: \`\${name}\`.\n`;
  return [intro, ...steps.map(sectionOf)].join('\n');
}

function sectionOf(step: Step): string {
  const limit = step.timeoutMs > 0 ? ` Ends after ${step.timeoutMs / 1000} s at the latest.` : '';
  const targets = step.targets.map((name) => `\`${name}\``).join(', ');
  const guard = targets
    ? ` Where it connects to is said by ${targets}, which an alert label may fill only through an allow-list.`
    : '';
  const example = stringify({ uses: step.name, with: step.example }, { lineWidth: 110 });
  return `## ${step.name}\n\n${step.about} ${effects[step.effect]}${limit}${guard}\n\n${inputsOf(step)}\n\`\`\`yaml\n${example}\`\`\`\n`;
}

type JsonSchema = {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
};

function inputsOf(step: Step): string {
  const { properties = {}, required = [] } = z.toJSONSchema(step.input, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  const rows = Object.entries(properties).map(([name, schema]) => {
    const needed = required.includes(name) ? 'required' : shown(schema.default);
    return `| \`${name}\` | ${typeOf(schema)} | ${needed} | ${schema.description ?? ''} |`;
  });
  if (rows.length === 0) return '';
  return `| input | type | default | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

const shown = (value: unknown) => (value === undefined ? 'none' : `\`${JSON.stringify(value)}\``);

function typeOf({ type, items, anyOf, enum: values, const: only, properties }: JsonSchema): string {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (only !== undefined) return `\`${only}\``;
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (items) return `list of ${typeOf(items)}`;
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  return type ?? 'any';
}
