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
  if (plain.includes(inside) && (!/^\w+$/.test(name) || isSlip(name))) return 'unknown';
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

/**
 * One letter too many, too few, wrong, or two swapped in a common name (`locaton`, `retrun`). No directive of nginx 1.22 is that near
 * to one of these.
 */
function isSlip(name: string): boolean {
  const common = ['location', 'server', 'upstream', ...Object.keys(simple)].filter(
    ({ length }) => length > 4,
  );
  if (common.includes(name)) return false;
  return common.some((right) => {
    const same = [...right].findIndex((letter, index) => letter !== name[index]);
    const [is, wanted] = same < 0 ? [name.slice(right.length), ''] : [name.slice(same), right.slice(same)];
    const swapped = is[0] === wanted[1] && is[1] === wanted[0] && is.slice(2) === wanted.slice(2);
    return is.slice(1) === wanted || is === wanted.slice(1) || is.slice(1) === wanted.slice(1) || swapped;
  });
}
