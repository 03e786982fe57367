/** What somebody typed behind `/incident`: the verb in lower case, the incident they named, and the rest. */
export type CommandLine = { verb: string; incident: number | null; words: string };

/** Reads `status`, `ack inc-42`, `inc-42 note the pool is full`. The incident's name may stand before or right behind the verb. */
export function readCommandLine(text: string): CommandLine {
  const [first, afterFirst] = splitWord(text);
  const before = incidentOf(first);
  if (before !== null) {
    const [verb, words] = splitWord(afterFirst);
    return { verb: verb.toLowerCase(), incident: before, words };
  }
  const [second, afterSecond] = splitWord(afterFirst);
  const behind = incidentOf(second);
  return { verb: first.toLowerCase(), incident: behind, words: behind === null ? afterFirst : afterSecond };
}

/** The first word of a text, and what follows it with its line breaks. */
export function splitWord(text: string): [word: string, rest: string] {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return [word, rest];
}

function incidentOf(word: string): number | null {
  const number = /^inc-(\d{1,9})$/i.exec(word)?.[1];
  return number === undefined ? null : Number(number);
}

/** The name nearest to what was typed, by letters added, dropped, changed or swapped; null when nothing is near. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, distance: name.startsWith(typed) && typed !== '' ? 0.5 : distance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(typed.length / 2)) ? best.name : null;
}

function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
