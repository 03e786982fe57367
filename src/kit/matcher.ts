import { compilePattern } from './pattern.ts';

/** One parsed matcher of Alertmanager's syntax; an absent label counts as the empty string, as it does there. */
export type Matcher = {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
  matches: (labels: Record<string, string>) => boolean;
};

const shape = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/**
 * Parses one matcher: `alertname="RedisMasterDown"`, `severity!=info`, `service=~"orders|cart"`. Regular expressions are
 * anchored and run in linear time. Rules: Alertmanager's documentation, "Matcher" (quotes optional; \" \\ \n inside).
 */
export function parseMatcher(source: string): Matcher | { error: string } {
  const parts = shape.exec(source);
  if (!parts) return { error: 'is no matcher; write label="value" with =, !=, =~ or !~' };
  const [, label = '', sign = '=', raw = ''] = parts;
  const operator = sign as Matcher['operator'];
  const value = unquote(raw);
  if (typeof value !== 'string') return value;
  const read = (labels: Record<string, string>) => (Object.hasOwn(labels, label) ? labels[label]! : '');
  const written = { label, operator, value };
  if (operator === '=') return { ...written, matches: (labels) => read(labels) === value };
  if (operator === '!=') return { ...written, matches: (labels) => read(labels) !== value };
  const pattern = compilePattern(value);
  if ('error' in pattern) return { error: `has an invalid regular expression: ${pattern.error}` };
  return operator === '=~'
    ? { ...written, matches: (labels) => pattern.matches(read(labels)) }
    : { ...written, matches: (labels) => !pattern.matches(read(labels)) };
}

function unquote(raw: string): string | { error: string } {
  if (!raw.startsWith('"')) {
    return /[\s"{}=!~,\\'`]/.test(raw) ? { error: `needs double quotes around ${raw}` } : raw;
  }
  const inner = /^"((?:[^"\\]|\\.)*)"$/s.exec(raw)?.[1];
  if (inner === undefined) return { error: 'has a quote that is not closed, or text after it' };
  let invalid: string | undefined;
  const value = inner.replace(/\\(.)/gs, (whole, char: string) => {
    if (char === 'n') return '\n';
    if (char === '"' || char === '\\') return char;
    invalid ??= whole;
    return '';
  });
  return invalid === undefined
    ? value
    : { error: `has the unknown escape ${invalid}; only \\" \\\\ and \\n exist` };
}
