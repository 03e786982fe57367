import { isCollection, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { complaint } from './complaint.ts';

/** One thing wrong with a file, where an editor can jump to it. */
export type Problem = { file: string; line: number; column: number; message: string };

type Path = readonly PropertyKey[];

/** A parsed YAML file that still knows where everything stands. */
export type YamlSource = {
  value: unknown;
  /** Syntax errors; when there are any, `value` is undefined. */
  problems: Problem[];
  /** A problem at a path (the nearest thing that exists), `offset` characters into its text. */
  problemAt: (path: Path, message: string, offset?: number) => Problem;
  /** A problem with the last name of a path itself, not with what stands behind it. */
  problemAtKey: (path: Path, message: string) => Problem;
  /** Zod's issues, each at its own place, unions opened. */
  problemsOf: (error: z.ZodError, under?: Path) => Problem[];
};

/** No file that people write needs more; a larger one is refused before it is parsed. */
export const maxFileBytes = 256 * 1024;

/** Parses YAML 1.2 without aliases and with unique keys. Never throws: everything wrong is a problem. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const oversized = Buffer.byteLength(text) > maxFileBytes;
  const document = parseDocument(oversized ? '' : text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: false,
  });
  const problems = oversized
    ? [{ file, line: 1, column: 1, message: `is larger than ${maxFileBytes} bytes` }]
    : [...document.errors, ...document.warnings].map((error) => ({
        ...place(error.pos[0]),
        message: error.message,
      }));
  visit(document, {
    Pair(_, { key }) {
      if (!named(key, '__proto__')) return;
      problems.push({
        ...place((key as Node).range?.[0] ?? 0),
        message: 'the name "__proto__" is not allowed',
      });
    },
  });
  let value: unknown;
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: 0 });
    } catch {
      problems.push({ file, line: 1, column: 1, message: 'uses anchors and aliases, which are not allowed' });
    }
  }

  const problemAt = (path: Path, message: string, offset = 0): Problem => {
    const node = nearest(document.contents, path);
    const range = node?.range ?? [0, 0, 0];
    // A condition's own offset only holds where its text stands in the file as it is (not folded, not escaped).
    const own = isScalar(node) && typeof node.value === 'string' ? text.indexOf(node.value, range[0]) : -1;
    const start = own >= 0 && own < range[1] ? own + offset : range[0];
    return { ...place(start), message };
  };
  const problemAtKey = (path: Path, message: string): Problem => {
    const map = nearest(document.contents, path.slice(0, -1));
    const key = isMap(map) ? map.items.find((item) => named(item.key, path.at(-1)))?.key : map;
    return { ...place((key as Node | null)?.range?.[0] ?? 0), message };
  };
  const at = { problemAt, problemAtKey };
  const problemsOf = (error: z.ZodError, under: Path = []): Problem[] =>
    error.issues.flatMap((issue) => issueProblems(issue, under, at));
  return { value, problems, ...at, problemsOf };
}

function issueProblems(
  issue: z.core.$ZodIssue,
  under: Path,
  at: Pick<YamlSource, 'problemAt' | 'problemAtKey'>,
): Problem[] {
  const path = [...under, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => at.problemAtKey([...path, key], `unknown key "${key}"`));
  }
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message ?? 'is not allowed';
    return [at.problemAtKey(path, `the name "${String(issue.path.at(-1))}" ${why}`)];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that got furthest is the one the author meant.
    const depth = (issues: z.core.$ZodIssue[]) => Math.max(...issues.map((inner) => inner.path.length));
    const best = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!;
    if (depth(best) > 0) return best.flatMap((inner) => issueProblems(inner, path, at));
    const each = new Set(issue.errors.flatMap((inner) => inner.slice(0, 1)).map(complaint));
    // What is missing is missing, whatever it might have been.
    const missing = [...each].every((one) => one.startsWith('is missing'));
    return [at.problemAt(path, inPath(path, missing ? 'is missing' : alternatives([...each])))];
  }
  return [at.problemAt(path, inPath(path, complaint(issue)))];
}

const alternatives = (each: string[]): string => each.join(', or ').replaceAll(', or must be ', ' or ');

const inPath = (path: Path, message: string) =>
  path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;

function nearest(root: Node | null, path: Path): Node | null {
  let node: Node | null = root;
  for (const key of path) {
    if (!isCollection(node)) return node;
    if (isMap(node)) {
      const pair = node.items.find((item) => named(item.key, key));
      if (!pair) return node;
      node = (pair.value ?? pair.key) as Node;
    } else node = (node.items[Number(key)] as Node | undefined) ?? node;
  }
  return node;
}

const named = (node: unknown, key: PropertyKey | undefined) =>
  isScalar(node) && String(node.value) === String(key);
