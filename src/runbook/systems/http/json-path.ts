import { query } from 'jsonpath-rfc9535';
import parse from 'jsonpath-rfc9535/parser';
import { z } from 'zod';

/**
 * A JSONPath (RFC 9535) in a step's input. Functions with regular expressions are refused, because the library runs them with
 * backtracking; more than one `..` is refused, because their product is the time it takes.
 */
export const JsonPath = z
  .string()
  .max(200)
  .superRefine((path, context) => {
    const problem = problemOf(path);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

function problemOf(path: string): string | undefined {
  let parsed: string;
  try {
    parsed = JSON.stringify(parse(path));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `must be a JSONPath such as $.error.code: ${why}`;
  }
  if (/"FunctionExpr","name":"(?:match|search)"/.test(parsed))
    return 'match() and search() can take exponential time';
  return parsed.split('"DescendantSegment"').length > 2 ? 'may hold .. only once' : undefined;
}

/** The values a path selects in a JSON text, or `no-json` when the text is none. Never throws. */
export function selectJson(text: string, path: string): unknown[] | 'no-json' {
  try {
    return query(JSON.parse(text), path);
  } catch {
    return 'no-json';
  }
}
