import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import type { KeyPair } from './certificates.ts';
import { stopped } from './redis-node.ts';

/** Something that listens on loopback. */
export type Port = { port: number; address: string; stop: () => Promise<void> };

/** A TCP server that does the given thing with every connection. */
export const startTcp = (onConnection: (socket: Socket) => void): Promise<Port> =>
  listening(createServer(onConnection));

/** A TLS server with the given certificate, which ends every connection after its handshake. */
export const startTls = (pair: KeyPair): Promise<Port> =>
  listening(createTls(pair, (socket) => socket.end()).on('tlsClientError', () => {}));

async function listening(server: Server): Promise<Port> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** A port that is bound and answers no packet any more: a stopped process whose queue of connections is full. */
export async function startSilentPort(): Promise<Port> {
  const script =
    "const s=require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  child.kill('SIGSTOP');
  const queued: Socket[] = [];
  for (let full = false; !full; ) {
    const socket = connect({ host: '127.0.0.1', port }).on('error', () => {});
    queued.push(socket);
    if (queued.length > 64) throw new Error('the queue of the silent port never fills');
    full = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), 250);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  }
  return {
    port,
    address: `127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of queued) socket.destroy();
      await stopped(child);
      process.removeListener('exit', onExit);
    },
  };
}
