/**
 * The right that a server says is missing, in the words of GRANT. Of several that would do it takes the one that allows least;
 * never SUPER. A refused table asks for reading it, somebody else's connection for ending it.
 */
export function missingGrant(reason: string): string {
  if (/not owner of (thread|query)/i.test(reason)) return 'CONNECTION ADMIN (MySQL: CONNECTION_ADMIN)';
  const listed = /at least one of\) the (.+?) privilege/i.exec(reason)?.[1];
  const names = listed?.split(/,\s*/).filter((name) => name !== 'SUPER') ?? [];
  const table = /(\w+) command denied .* for table [`']?([\w`'.]+?)[`']?$/i.exec(reason);
  return names[0] ?? (table ? `${table[1]} (${table[2]})` : reason);
}
