import { stringify } from 'yaml';
import { durationPattern, formatDuration } from '../../kit/duration.ts';
import { registry } from '../registry.ts';
import type { Step } from '../step.ts';
import { inputSchema } from './print-schema.ts';

type Property = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  description?: string;
  anyOf?: Property[];
  items?: Property;
  properties?: Record<string, Property>;
  required?: string[];
};

/** Prints the reference of all steps as Markdown, from the catalogue. Committed as docs/runbook-steps.md; a test keeps it printed. */
export function printStepReference(steps: readonly Step[] = registry): string {
  const head = [
    '# Runbook steps',
    '',
    '<!-- Printed from src/runbook/steps by `npm run print`; edit there. -->',
    '',
    'A duration is a number with ms, s, m, h or d behind it: `500ms`, `30s`, `5m`.',
    '',
    '| step | effect | what it does |',
    '|---|---|---|',
    ...steps.map((step) => `| [\`${step.name}\`](#${step.name}) | ${step.effect} | ${step.about} |`),
  ];
  return `${[...head, ...steps.flatMap(section)].join('\n')}\n`;
}

function section(step: Step): string[] {
  const schema = inputSchema(step) as Property;
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const required = schema.required?.includes(name) && property.default === undefined;
    const otherwise =
      property.default === undefined ? (required ? '**required**' : '') : code(property.default);
    return `| \`${name}\` | ${typeText(property)} | ${otherwise} | ${(property.description ?? '').replaceAll('|', '\\|')} |`;
  });
  const timeout = step.timeoutMs === 0 ? [] : ['', `Ends within ${formatDuration(step.timeoutMs)}.`];
  const targets = step.targets.map((name) => `\`${name}\``).join(', ');
  return [
    '',
    `## ${step.name}`,
    '',
    `${step.about}${step.effect === 'change' ? ' Changes something: approved first, run once, checked after.' : ''}`,
    ...timeout,
    '',
    '| input | type | default | |',
    '|---|---|---|---|',
    ...rows,
    ...(targets === ''
      ? []
      : ['', `Targets (an alert label fills them only through an allow-list): ${targets}.`]),
    '',
    '```yaml',
    stringify([{ id: 'example', uses: step.name, with: step.example }]).trimEnd(),
    '```',
  ];
}

function typeText(property: Property): string {
  if (property.anyOf) return property.anyOf.map(typeText).join(' or ');
  if (property.enum) return property.enum.map(code).join(', ');
  if (property.const !== undefined) return code(property.const);
  if (property.type === 'array') return `list of ${property.items ? typeText(property.items) : 'any'}`;
  if (property.pattern === durationPattern.source) return 'duration';
  if (property.properties) {
    return `{ ${Object.keys(property.properties)
      .map((name) => `\`${name}\``)
      .join(', ')} }`;
  }
  return [property.type ?? 'any'].flat().join(' or ');
}

const code = (value: unknown) =>
  `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``;
