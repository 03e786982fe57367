import { placeOf } from './json-fault.ts';
import { argumentFault } from './nginx-arguments.ts';

/** A directive of an nginx configuration, with the line it starts on; `block` is null where it ends in a semicolon. */
export type NginxDirective = { name: string; args: string[]; block: NginxDirective[] | null; line: number };

/** The first thing nginx would refuse, in the terms of its own messages; `name` is the directive or the character. */
export type NginxFault = {
  line: number;
  column: number;
  kind:
    | 'unterminated'
    | 'unclosed-block'
    | 'unclosed-quote'
    | 'unexpected'
    | 'unknown'
    | 'arguments'
    | 'duplicate';
  name: string;
};

/** The directives of a file, or its first fault; `foreign` is a file with embedded code, which only nginx itself can judge. */
export type NginxFile =
  | { is: 'parsed'; directives: NginxDirective[] }
  | { is: 'faulty'; fault: NginxFault }
  | { is: 'foreign' };

type Token = { text: string; at: number; kind: 'word' | ';' | '{' | '}' | 'end' | 'unclosed' | 'unexpected' };

const skipped = /(?:\s+|#[^\n]*)*/y;
const word = /(?:\\[\s\S]|\$\{|[^\s;{\\])+/y;
const single = /'(?:\\[\s\S]|[^'\\])*'/y;
const double = /"(?:\\[\s\S]|[^"\\])*"/y;

/**
 * Reads a file as nginx reads it (ngx_conf_file.c): words, quotes, comments, blocks, plus the directives whose arguments people
 * get wrong most (`location`, `return`, `alias` …). Directives it does not know are accepted with whatever they have.
 */
export function parseNginx(text: string): NginxFile {
  if (/\b\w+_by_lua_block\b/.test(text)) return { is: 'foreign' };
  const top: NginxDirective[] = [];
  const open: { directive: NginxDirective; into: NginxDirective[]; at: number }[] = [];
  const faulty = (at: number, kind: NginxFault['kind'], name: string): NginxFile => ({
    is: 'faulty',
    fault: { ...placeOf(text, at), kind, name },
  });
  let words: Token[] = [];
  /** The first block that was closed by a brace further left than where it begins: probably that of the block around it. */
  let suspect: { name: string; at: number } | undefined;
  let at = 0;
  for (;;) {
    const token = nextToken(text, at);
    at = token.at + token.text.length;
    const into = open.at(-1)?.into ?? top;
    const [first] = words;
    if (token.kind === 'word') words.push(token);
    else if (token.kind === 'unclosed') return faulty(token.at, 'unclosed-quote', token.text[0]!);
    else if (token.kind === 'unexpected') return faulty(token.at, 'unexpected', token.text);
    else if (token.kind === 'end') {
      if (first !== undefined) return faulty(first.at, 'unterminated', first.text);
      const block = open.at(-1);
      if (block !== undefined) {
        const { name, at: from } = suspect ?? { name: block.directive.name, at: block.at };
        return faulty(from, 'unclosed-block', name);
      }
      return { is: 'parsed', directives: top };
    } else if (token.kind === '}') {
      if (first !== undefined) return faulty(first.at, 'unterminated', first.text);
      const closed = open.pop();
      if (closed === undefined) return faulty(token.at, 'unexpected', '}');
      if (indentOf(text, token.at) < indentOf(text, closed.at))
        suspect ??= { name: closed.directive.name, at: closed.at };
    } else {
      if (first === undefined) return faulty(token.at, 'unexpected', token.kind);
      const [name = '', ...args] = words.map(unquoted);
      const block: NginxDirective[] | null = token.kind === '{' ? [] : null;
      const directive = { name, args, block, line: placeOf(text, first.at).line };
      const kind = argumentFault(directive, into, open.at(-1)?.directive.name ?? '');
      if (kind !== null) return faulty(first.at, kind, name);
      into.push(directive);
      if (block !== null) open.push({ directive, into: block, at: first.at });
      words = [];
    }
  }
}

function nextToken(text: string, from: number): Token {
  const at = from + (matchAt(skipped, text, from)?.length ?? 0);
  const character = text[at];
  if (character === undefined) return { text: '', at, kind: 'end' };
  if (character === ';' || character === '{' || character === '}')
    return { text: character, at, kind: character };
  if (character !== "'" && character !== '"') {
    return { text: matchAt(word, text, at) ?? character, at, kind: 'word' };
  }
  const quoted = matchAt(character === "'" ? single : double, text, at);
  if (quoted === undefined) return { text: text.slice(at), at, kind: 'unclosed' };
  const after = text[at + quoted.length];
  if (after !== undefined && !/[\s;{)]/.test(after))
    return { text: after, at: at + quoted.length, kind: 'unexpected' };
  return { text: quoted, at, kind: 'word' };
}

/** How far in a token's line begins. */
const indentOf = (text: string, at: number): number =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))![0].length;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A backslash escapes the quotes, itself, and a few white-space letters; others stay, as regular expressions need them. */
function unquoted({ text }: Token): string {
  const bare = /^(['"])[\s\S]*\1$/.test(text) ? text.slice(1, -1) : text;
  return bare.replace(/\\(["'\\])/g, '$1');
}
