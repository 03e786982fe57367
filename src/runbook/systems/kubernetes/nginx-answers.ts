import type { ConfigMessages } from './config-messages.ts';
import type { Finding } from './finding.ts';
import { findJsonFault } from './json-fault.ts';
import type { NginxText } from './judge-config.ts';
import type { NginxDirective } from './parse-nginx.ts';

/** What nginx puts in at run time; any JSON value will do in its place. */
const variables = /\$\{\w+\}|\$\w+/g;

/** Judges the answers that stand in an nginx file itself (`return 200 '{…}'`) wherever their type is JSON. */
export function judgeAnswers(
  { place, directives }: NginxText,
  say: ConfigMessages,
  rows: string[][],
): Finding[] {
  return jsonAnswers(directives, false).flatMap(({ text, line }): Finding[] => {
    const fault = findJsonFault(text.replace(variables, '0'));
    if (fault === null) return [];
    const where = `${place}:${line}`;
    const what = say.answerFault(fault);
    rows.push([where, what]);
    return [{ verdict: 'fail', sentence: say.jsonBroken(where, what), cause: 'config-json-broken' }];
  });
}

function jsonAnswers(block: readonly NginxDirective[], inherited: boolean): { text: string; line: number }[] {
  const type = block.find(({ name }) => name === 'default_type')?.args[0];
  const isJson = type === undefined ? inherited : /\bjson\b/.test(type);
  return block.flatMap(({ name, args: [, text], line, block: inner }) => {
    const answer = isJson && name === 'return' && text !== undefined && /^\s*[[{]/.test(text);
    return [...(answer ? [{ text, line }] : []), ...jsonAnswers(inner ?? [], isJson)];
  });
}
