/**
 * The right that a server says is missing, as GRANT wants it (`SLAVE MONITOR ON *.*`). Of several that would do it takes the first
 * but SUPER. A refused table asks for reading it, somebody else's connection for ending it.
 */
export function missingGrant(reason: string): string {
  if (/not owner of (thread|query)/i.test(reason)) return 'CONNECTION ADMIN (MySQL: CONNECTION_ADMIN) ON *.*';
  const listed = /at least one of\) the (.+?) privilege/i.exec(reason)?.[1];
  const name = listed?.split(/,\s*/).find((one) => one !== 'SUPER');
  if (name !== undefined) return `${name} ON *.*`;
  const [, right, table = ''] = /(\w+) command denied .* for table (.+)$/i.exec(reason) ?? [];
  if (right === undefined) return reason;
  // MySQL leaves the schema out; the one table that we name is performance_schema's.
  const path = table.replace(/[`'"]/g, '');
  return `${right} ON ${path.includes('.') ? path : `performance_schema.${path}`}`;
}
