/** Where the value that begins at `from` ends, in the wire format of Redis (RESP 2 and 3); null while it is incomplete. */
export function endOfValue(bytes: Buffer, from: number): number | null {
  const line = bytes.indexOf('\r\n', from);
  if (line === -1) return null;
  const next = line + 2;
  const count = Number(bytes.toString('latin1', from + 1, line));
  switch (String.fromCharCode(bytes[from] ?? 0)) {
    case '$':
    case '=':
    case '!':
      return count < 0 ? next : bytes.length < next + count + 2 ? null : next + count + 2;
    case '*':
    case '~':
    case '>':
      return endOfValues(bytes, next, Math.max(0, count));
    case '%':
      return endOfValues(bytes, next, 2 * count);
    default:
      return next;
  }
}

function endOfValues(bytes: Buffer, from: number, count: number): number | null {
  let at: number | null = from;
  for (let left = count; left > 0 && at !== null; left--) at = endOfValue(bytes, at);
  return at;
}

/** The words of a command, which clients send as an array of strings. */
export function wordsOf(command: Buffer): string[] {
  const words: string[] = [];
  let at = command.indexOf('\r\n') + 2;
  while (at < command.length) {
    const line = command.indexOf('\r\n', at);
    const length = Number(command.toString('latin1', at + 1, line));
    words.push(command.toString('utf8', line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
  return words;
}

/** Cuts a stream of bytes into whole values; what is incomplete waits for the next piece. */
export function createCutter(onValue: (value: Buffer) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = endOfValue(rest, 0); end !== null && from < rest.length; ) {
      onValue(rest.subarray(from, end));
      from = end;
      end = from < rest.length ? endOfValue(rest, from) : null;
    }
    rest = rest.subarray(from);
  };
}
