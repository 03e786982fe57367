import { type AddressInfo, createServer, type Socket } from 'node:net';

/** How a server misbehaves: says nothing, one byte a second, bytes without end, nonsense and then nothing, or it hangs up at once. */
export type Hostility = 'silent' | 'drip' | 'flood' | 'garbage' | 'hangs-up';

/** A raw TCP server that never speaks a whole sentence of any protocol; `greeting` begins what it drips and floods. */
export type HostileServer = {
  address: string;
  port: number;
  /** Clients it still has, and how many it ever had. */
  clients: () => number;
  met: () => number;
  /** Bytes that were taken off it. */
  sent: () => number;
  stop: () => Promise<void>;
};

const chunk = Buffer.alloc(65_536, 'x');

/** A client is flooded with at most this much, so that a test ends also where nobody stops it. */
const floodBytes = 300e6;

/** Starts a server that treats every client the same bad way. */
export async function startHostile(how: Hostility, greeting: Buffer, port = 0): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  let met = 0;
  let sent = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    met += 1;
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten - socket.writableLength;
    });
    if (how === 'hangs-up') socket.destroy();
    if (how === 'silent') socket.resume();
    if (how === 'garbage')
      socket.resume().write(Buffer.from('\u0000\u00ff\r\n{"no":[protocol\r\n\r\n', 'latin1'));
    if (how === 'drip') {
      socket.resume();
      const text = Buffer.concat([greeting, chunk]);
      let at = 0;
      const timer = setInterval(() => socket.write(text.subarray(at, ++at)), 1000);
      socket.write(text.subarray(at, ++at));
      socket.once('close', () => clearInterval(timer));
    }
    if (how === 'flood') {
      const more = () => {
        while (socket.bytesWritten < floodBytes && !socket.destroyed) {
          if (!socket.write(chunk)) return;
        }
      };
      socket.resume().once('data', () => {
        socket.write(greeting);
        more();
      });
      socket.on('drain', more);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${own}`,
    port: own,
    clients: () => sockets.size,
    met: () => met,
    sent: () => sent,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
