import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What is replied to one command; an `Error` is an error reply. */
export type Reply = string | number | null | Error | Reply[];

/** A server that speaks the Redis protocol and says what a test wants, for moments that a real one cannot be brought to. */
export type FakeRedis = { address: string; port: number; heard: string[]; stop: () => Promise<void> };

const written = (reply: Reply): string => {
  if (reply === null) return '$-1\r\n';
  if (reply instanceof Error) return `-${reply.message}\r\n`;
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(written).join('')}`;
  return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
};

/** Starts it; `answer` gets each command in upper case with its arguments as they came. */
export async function startFakeRedis(answer: (command: string) => Reply, port = 0): Promise<FakeRedis> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.setEncoding('utf8');
    // Commands of tests are short: each comes whole.
    socket.on('data', (text: string) => {
      for (const command of text.split(/^\*\d+\r\n/m).filter(Boolean)) {
        const words = command.split('\r\n').filter((_, index) => index % 2 === 1);
        heard.push(words.join(' '));
        socket.write(written(answer(words.join(' '))));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${own}`,
    port: own,
    heard,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
