/** A flat `[key, value, …]` reply as a record. */
export function pairs(reply: unknown): Record<string, string> {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return Object.fromEntries(
    Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [
      flat[2 * index]!,
      flat[2 * index + 1]!,
    ]),
  );
}

/** The reply of INFO as a record; section headings are left out. */
export function infoFields(text: unknown): Record<string, string> {
  return Object.fromEntries(
    String(text)
      .split(/\r?\n/)
      .filter((line) => line.includes(':') && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
}

/** A `name=value,…` value inside INFO (`slave0`, `db0`, `errorstat_OOM`) as a record. */
export const commaFields = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((part) => part.split('=') as [string, string]));
