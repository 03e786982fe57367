import type { NginxDirective, NginxFault } from './parse-nginx.ts';

/** Directives that never open a block, with the fewest and the most arguments nginx takes (nginx.org/en/docs/dirindex.html). */
const simple: Record<string, [fewest: number, most: number]> = {
  add_header: [2, 3],
  alias: [1, 1],
  default_type: [1, 1],
  expires: [1, 2],
  index: [1, 99],
  listen: [1, 99],
  proxy_pass: [1, 1],
  proxy_set_header: [2, 2],
  return: [1, 2],
  rewrite: [2, 3],
  root: [1, 1],
  server_name: [1, 999],
  try_files: [2, 99],
};

/** Blocks that hold nothing but directives; in others (`map`, `types`, a module's own) a line may begin with anything. */
const plain = ['', 'http', 'server', 'location', 'if'];

const modifiers = ['=', '~', '~*', '^~'];

/**
 * What nginx would say of a directive and its arguments, beside the others of its block (`inside` is that block's name, empty at the
 * top); null when nothing, or when the directive is none of the common ones. A semicolon that is missing swallows the next line, and shows here.
 */
export function argumentFault(
  { name, args, block }: NginxDirective,
  beside: readonly NginxDirective[],
  inside: string,
): NginxFault['kind'] | null {
  if (plain.includes(inside) && !/^\w+$/.test(name)) return 'unknown';
  const limits = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (limits !== undefined) {
    if (block !== null) return 'unterminated';
    return args.length < limits[0] || args.length > limits[1] ? 'arguments' : null;
  }
  if (name !== 'location') return null;
  const modified = args.length === 2 && modifiers.includes(args[0]!);
  if (block === null || !(args.length === 1 || modified)) return 'arguments';
  const same = beside.some((other) => other.name === name && other.args.join(' ') === args.join(' '));
  return same && !args[0]!.startsWith('~') ? 'duplicate' : null;
}
