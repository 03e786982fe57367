import { createSocket } from 'node:dgram';

/** What the server says of a name: its IPv4 addresses, or how it fails. */
export type DnsAnswer =
  | string[]
  | { late: string[] }
  | 'no-such-name'
  | 'server-failure'
  | 'denied'
  | 'silent';

/** An answer that comes late takes this long, milliseconds. */
export const lateMs = 100;

/** A name server of a test's own, over real UDP. */
export type DnsServer = {
  address: string;
  records: Map<string, DnsAnswer>;
  asked: string[];
  stop: () => Promise<void>;
};

const codes = { 'server-failure': 2, 'no-such-name': 3, denied: 5 };
const typeA = 1;

/** Starts a name server on loopback. Names it has no record of do not exist (RFC 1035 §4 is all it speaks). */
export async function startDnsServer(records: Record<string, DnsAnswer>): Promise<DnsServer> {
  const known = new Map(Object.entries(records));
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const found = known.get(name) ?? 'no-such-name';
    if (found === 'silent') return;
    const isLate = typeof found === 'object' && 'late' in found;
    const answer = isLate ? found.late : found;
    const type = query.readUInt16BE(end);
    const addresses = typeof answer !== 'string' && type === typeA ? answer : [];
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    // QR and RA are set, RD is echoed; the low four bits are the code.
    head.writeUInt16BE(0x8180 | (typeof answer === 'string' ? codes[answer] : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(addresses.length, 6);
    const question = query.subarray(12, end + 4);
    const send = () =>
      socket.send(Buffer.concat([head, question, ...addresses.map(record)]), from.port, from.address);
    if (isLate) setTimeout(send, lateMs);
    else send();
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    records: known,
    asked,
    stop: () => new Promise((done) => socket.close(() => done())),
  };
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** An A record whose name points at the question, valid for a minute. */
const record = (address: string): Buffer =>
  Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
