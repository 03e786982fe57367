/** Where what people read stands in the arguments of a call; names, ids and button values must reach Slack as they are. */
const read = new Set(['text', 'topic', 'purpose', 'initial_value']);

/** A copy of a call's arguments in which every text that people will read went through `redact`, however deep it stands. */
export function maskTexts<T>(value: T, redact: (text: string) => string): T {
  if (Array.isArray(value)) return value.map((one) => maskTexts(one, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => [
    name,
    typeof part === 'string' ? (read.has(name) ? redact(part) : part) : maskTexts(part, redact),
  ]);
  return Object.fromEntries(entries) as T;
}
