import { connect, type Socket } from 'node:net';

/** How many keep-alive connections send at the same time. */
export const connections = 32;

/** A run in which this many requests were refused is no measurement any more. */
const mostRefusals = 1000;

/** Where requests go; `token` is the Bearer credential. */
export type Target = { port: number; path: string; token: string };

/** What a run came to. */
export type Run = { answered: number; perSecond: number };

/** A request, ready to be written, so that the client does no work while it is timed. */
export const requestOf = ({ port, path, token }: Target, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    ),
    body,
  ]);

/**
 * Opens the connections. `run` writes one request after the other on each of them, waiting for each answer, until `ms` are
 * over or `next` gives nothing more. A 503 is sent again, as Alertmanager does, and only a 200 counts; anything else breaks
 * the run, and so does a server that refuses all the time.
 */
export async function openLoad(port: number) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const run = async (next: () => Buffer | undefined, ms: number): Promise<Run> => {
    const started = performance.now();
    let answered = 0;
    let refused = 0;
    await Promise.all(
      sockets.map(async (socket) => {
        let request = next();
        while (request !== undefined && performance.now() - started < ms) {
          const status = await exchange(socket, request);
          if (status === 503 && refused++ < mostRefusals) continue;
          if (status !== 200) throw new Error(`127.0.0.1:${port} answered ${status}`);
          answered++;
          request = next();
        }
      }),
    );
    return { answered, perSecond: (answered / (performance.now() - started)) * 1000 };
  };
  return {
    run,
    /** Sends every request once, however long it takes. */
    sendAll: (requests: Buffer[]): Promise<Run> => {
      const left = requests.values();
      return run(() => left.next().value, Number.POSITIVE_INFINITY);
    },
    close: (): void => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What {@link openLoad} gives. */
export type Load = Awaited<ReturnType<typeof openLoad>>;

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)));
  });

function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      socket.off('data', read).off('close', broken).off('error', broken);
      settle();
    };
    const broken = (): void => end(() => reject(new Error('the server closed the connection')));
    const read = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const status = statusOf(text);
      if (status !== null) end(() => resolve(status));
    };
    socket.on('data', read).on('close', broken).on('error', broken);
    socket.write(request);
  });
}

/** The status of an answer that is complete; null while some of it is still missing. */
export function statusOf(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length < head + 4 + length ? null : Number(text.slice(9, 12));
}
