import { compilePattern } from '../../../kit/pattern.ts';
import type { NginxDirective } from './parse-nginx.ts';

/** A place in the file system that a directive names, and where it stands. */
export type NginxPlace = { path: string; line: number };

/** All directives of a tree with this name, however deep. */
export function directivesNamed(name: string, directives: readonly NginxDirective[]): NginxDirective[] {
  return directives.flatMap((one) => [
    ...(one.name === name ? [one] : []),
    ...directivesNamed(name, one.block ?? []),
  ]);
}

/**
 * The file that nginx would read for a URL path (`alias` and `root` as documented in ngx_http_core_module), from every server of a
 * configuration; a file of bare locations counts as one server. Locations that answer otherwise (`return`, `proxy_pass`) and those
 * whose file depends on captures or variables give none.
 */
export function filesFor(uri: string, directives: readonly NginxDirective[]): NginxPlace[] {
  const servers = directivesNamed('server', directives).filter(({ block }) => block !== null);
  const blocks = servers.length > 0 ? servers.map(({ block }) => block ?? []) : [[...directives]];
  return blocks.flatMap((block) => fileIn(uri, block) ?? []);
}

function fileIn(uri: string, server: readonly NginxDirective[]): NginxPlace | null {
  const inherited = server.find(({ name }) => name === 'root');
  const location = locationFor(uri, server);
  const inside = location?.block ?? [];
  if (inside.some(({ name }) => name === 'return' || name.endsWith('_pass'))) return null;
  const alias = inside.find(({ name }) => name === 'alias');
  const root = inside.find(({ name }) => name === 'root') ?? inherited;
  const whole = uri.endsWith('/') ? `${uri}index.html` : uri;
  if (alias !== undefined) {
    const [modifier, prefix = modifier] = location?.args ?? [];
    if (prefix === undefined || modifier?.startsWith('~')) return null;
    return placeUnlessVariable(`${alias.args[0]}${whole.slice(prefix.length)}`, alias.line);
  }
  return root === undefined ? null : placeUnlessVariable(`${root.args[0]}${whole}`, root.line);
}

const placeUnlessVariable = (path: string, line: number): NginxPlace | null =>
  path.includes('$') ? null : { path: path.replace(/\/{2,}/g, '/'), line };

/** An exact location, else the longest prefix, unless a regular expression in the order of the file takes it. */
function locationFor(uri: string, server: readonly NginxDirective[]): NginxDirective | undefined {
  const locations = server.filter(({ name }) => name === 'location');
  const as = (modifier: string) => locations.filter(({ args }) => args.length === 2 && args[0] === modifier);
  const exact = as('=').find(({ args }) => args[1] === uri);
  if (exact !== undefined) return exact;
  const [longest] = [...locations.filter(({ args }) => args.length === 1), ...as('^~')]
    .filter(({ args }) => uri.startsWith(args.at(-1)!))
    .sort((a, b) => b.args.at(-1)!.length - a.args.at(-1)!.length);
  if (longest?.args[0] === '^~') return longest;
  const expressions = locations.filter(({ args }) => args.length === 2 && args[0]!.startsWith('~'));
  const taken = expressions.find(({ args: [modifier, expression] }) => {
    const pattern = compilePattern(`${modifier === '~*' ? '(?i)' : ''}.*(?:${expression}).*`);
    return !('error' in pattern) && pattern.matches(uri);
  });
  return taken ?? longest;
}
