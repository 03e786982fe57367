/** Where a text stops being JSON, and what should have stood there. Lines and columns count from 1. */
export type JsonFault = {
  line: number;
  column: number;
  expected: 'value' | 'name' | 'colon' | 'comma' | 'string' | 'end';
};

const blank = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const atom = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/**
 * Finds the first place where a text is no JSON (RFC 8259); null when it is. Unlike the message of `JSON.parse` the answer never
 * repeats the text itself, always has a place, and needs no stack for deep nesting.
 */
export function findJsonFault(text: string): JsonFault | null {
  let at = 0;
  const open: ('{' | '[')[] = [];
  const fault = (expected: JsonFault['expected']): JsonFault => ({ ...placeOf(text, at), expected });
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const next = (): string | undefined => {
    skip(blank);
    return text[at];
  };
  const name = (): JsonFault | null => {
    if (next() !== '"') return fault('name');
    if (!skip(string)) return fault('string');
    if (next() !== ':') return fault('colon');
    at += 1;
    return null;
  };
  const closes = () => (open.at(-1) === '{' ? '}' : ']');

  for (;;) {
    const character = next();
    if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      if (next() !== closes()) {
        const wrong = character === '{' ? name() : null;
        if (wrong !== null) return wrong;
        continue;
      }
    } else if (character === '"' ? !skip(string) : !skip(atom)) {
      return fault(character === '"' ? 'string' : 'value');
    }
    while (open.length > 0 && next() === closes()) {
      at += 1;
      open.pop();
    }
    if (open.length === 0) return next() === undefined ? null : fault('end');
    if (text[at] !== ',') return fault('comma');
    at += 1;
    const wrong = open.at(-1) === '{' ? name() : null;
    if (wrong !== null) return wrong;
  }
}

/** The line and the column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
