import { connect, createServer, type Socket } from 'node:net';

/** A port in front of another one, which swallows what some clients say: for them it is as if the network were broken. */
export type Relay = { port: number; stop: () => Promise<void> };

/** Starts a relay to a port of this machine; connections whose first bytes contain `cutOff` hear nothing from then on. */
export function startRelay(to: number, cutOff: string): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => {}).on('close', () => open.delete(client));
    client.once('data', (first) => {
      if (first.includes(cutOff)) return void client.resume();
      const target = connect(to, '127.0.0.1');
      open.add(target);
      target.on('error', () => client.destroy()).on('close', () => open.delete(target) && client.destroy());
      client.on('close', () => target.destroy());
      target.write(first);
      client.pipe(target).pipe(client);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      const stop = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          for (const socket of open) socket.destroy();
        });
      resolve({ port, stop });
    });
  });
}
