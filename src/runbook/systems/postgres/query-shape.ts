import { oneLine } from '../../../kit/text.ts';

/** How much of a statement people get to see. */
const longest = 80;

/**
 * The beginning of somebody's statement without its values: comments go, numbers become `?`, and it ends at the first string, since
 * where a string ends depends on settings of the session that cannot be seen from here.
 */
export function queryShape(sql: string): string {
  const bare = withoutComments(sql).replace(/--[^\n]*/g, ' ');
  const text = bare.replace(/(?:\b[eEbBxXnN]|[uU]&)?'[\s\S]*$/, '…').replace(/\$\w*\$[\s\S]*$/, '…');
  return oneLine(text.replace(/(?<![\w$"])\d+(\.\d+)?/g, '?'), longest);
}

/** PostgreSQL's comments nest: from the innermost outwards, and one that was cut off goes to the end. */
function withoutComments(sql: string): string {
  const less = sql.replace(/\/\*(?:(?!\/\*)[\s\S])*?\*\//g, ' ');
  return less === sql ? sql.replace(/\/\*[\s\S]*$/, ' ') : withoutComments(less);
}
