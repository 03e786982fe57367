import type { Flavour } from './dialect.ts';

/**
 * A set of transactions: by origin, the ranges of their numbers. Both families fit: MySQL's `uuid:1-5:8` has several ranges, and
 * MariaDB's `domain-server-sequence` means all of that origin up to the sequence.
 */
export type GtidSet = ReadonlyMap<string, readonly (readonly [number, number])[]>;

/** Reads MySQL's GTID sets (also tagged ones) and MariaDB's positions; what is neither is left out. */
export function parseGtids(text: string): GtidSet {
  const set = new Map<string, [number, number][]>();
  const add = (origin: string, from: number, to: number) =>
    set.set(origin, [...(set.get(origin) ?? []), [from, to]]);
  for (const part of text.split(',').map((one) => one.trim())) {
    const mariadb = /^(\d+)-(\d+)-(\d+)$/.exec(part);
    if (mariadb) add(`${mariadb[1]}-${mariadb[2]}`, 1, Number(mariadb[3]));
    const [uuid = '', ...ranges] = part.split(':');
    if (!/^[0-9a-f-]{36}$/i.test(uuid)) continue;
    let origin = uuid.toLowerCase();
    for (const range of ranges) {
      const numbers = /^(\d+)(?:-(\d+))?$/.exec(range.trim());
      if (numbers) add(origin, Number(numbers[1]), Number(numbers[2] ?? numbers[1]));
      else origin = `${uuid.toLowerCase()}:${range.trim()}`;
    }
  }
  return set;
}

/** What `all` has and `known` does not, written the way each family writes it. */
export function subtractGtids(all: GtidSet, known: GtidSet): string[] {
  return [...all].flatMap(([origin, ranges]) =>
    ranges
      .flatMap((range) => (known.get(origin) ?? []).reduce(cut, [range]))
      .map(([from, to]) => written(origin, from, to)),
  );
}

type Range = readonly [number, number];

const cut = (left: readonly Range[], [from, to]: Range): Range[] =>
  left.flatMap(([start, end]): Range[] => {
    const parts: Range[] = [
      [start, Math.min(end, from - 1)],
      [Math.max(start, to + 1), end],
    ];
    return to < start || from > end ? [[start, end]] : parts.filter(([a, b]) => a <= b);
  });

function written(origin: string, from: number, to: number): string {
  const mariadb = /^\d+-\d+$/.test(origin);
  if (from === to) return mariadb ? `${origin}-${to}` : `${origin}:${to}`;
  return mariadb ? `${origin}-${from}…${to}` : `${origin}:${from}-${to}`;
}

/** Where a server stands. `executed` is MySQL's gtid_executed or MariaDB's gtid_binlog_state, `applied` MariaDB's gtid_slave_pos. */
export type Position = { serverId: number; executed: string; applied: string };

/**
 * Transactions that began on the replica and that its primary does not have: a failover would carry them over or break on them.
 * In MariaDB they are the replica's own server id's; what it wrote as a former primary is at or before the primary's gtid_slave_pos.
 */
export function errantOn(flavour: Flavour, replica: Position, primary: Position): string[] {
  const mine = parseGtids(replica.executed);
  if (flavour === 'mysql') return subtractGtids(mine, parseGtids(primary.executed));
  const own = [...mine].filter(([origin]) => origin.endsWith(`-${replica.serverId}`));
  const known = new Map(parseGtids(primary.executed));
  for (const [origin, ranges] of parseGtids(primary.applied)) {
    const domain = origin.split('-')[0];
    const id = `${domain}-${replica.serverId}`;
    known.set(id, [...(known.get(id) ?? []), ...ranges]);
  }
  // A domain's servers share its numbers, so that only the last of a range is surely one of theirs.
  return subtractGtids(new Map(own), known).map((gtids) => gtids.replace(/\d+…/, ''));
}

/** What the primary has and the replica's receiving thread has not. Origins that the replica never heard of count only in MySQL. */
export function notReceived(
  flavour: Flavour,
  primary: Position,
  replica: Position,
  received: string,
): string[] {
  if (received === '') return [];
  if (flavour === 'mysql') {
    return subtractGtids(parseGtids(primary.executed), parseGtids(`${received},${replica.executed}`));
  }
  // A MariaDB position has one entry a domain: the last transaction, whoever wrote it.
  const last = new Map<string, number>();
  for (const part of received.split(',')) {
    const [domain = '', , sequence] = part.trim().split('-');
    last.set(domain, Math.max(last.get(domain) ?? 0, Number(sequence)));
  }
  return [...parseGtids(primary.executed)].flatMap(([origin, ranges]) => {
    const [domain = ''] = origin.split('-');
    const seen = last.get(domain);
    return seen === undefined
      ? []
      : ranges
          .filter(([, to]) => to > seen)
          .map(([from, to]) => written(origin, Math.max(from, seen + 1), to));
  });
}
