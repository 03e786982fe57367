import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection in between that can stop passing bytes on while both ends stay connected. */
export type SlowLink = {
  port: number;
  /** From now on nothing passes, in either direction. */
  hold: () => void;
  stop: () => Promise<void>;
};

/** Listens on a free port and passes everything on to a port of this machine. */
export async function startSlowLink(to: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  let held = false;
  const server = createServer((client) => {
    const target = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => held || into.write(bytes));
      from.on('error', () => {});
      from.on('close', () => into.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    hold: () => {
      held = true;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
