import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { closeUnread, readBody } from '../../src/kit/read-body.ts';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function receive(...pieces: string[]) {
  const result = Promise.withResolvers<Buffer | 'too-large' | 'gone'>();
  server = createServer((request) => void readBody(request, 10).then(result.resolve)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  return { result: result.promise, socket };
}
const head = (length: string) => `POST / HTTP/1.1\r\nHost: x\r\n${length}\r\n\r\n`;

test('gives the bytes of all pieces', async () => {
  const { result } = await receive(head('Content-Length: 10'), 'hello', 'world');
  expect(String(await result)).toBe('helloworld');
});
test('gives an empty body', async () =>
  expect(await (await receive(head('Content-Length: 0'))).result).toHaveLength(0));
test('refuses an announced length before the body comes', async () => {
  expect(await (await receive(head('Content-Length: 11'))).result).toBe('too-large');
});
test('refuses a length that was not announced as soon as it is exceeded', async () => {
  expect(await (await receive(head('Transfer-Encoding: chunked'), 'b\r\n12345678901\r\n')).result).toBe(
    'too-large',
  );
});
test('says that the sender hung up', async () => {
  const { result, socket } = await receive(head('Content-Length: 10'), 'hell');
  socket.end();
  expect(await result).toBe('gone');
});

test('an answer that comes before the body was read still reaches its sender', async () => {
  server = createServer(async (request, response) => {
    response.writeHead(413).end(String(await readBody(request, 10)));
    closeUnread(request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const piece = Buffer.alloc(64 * 1024, 'x');
  socket.on('error', () => {});
  socket.write(head('Content-Length: 100000000'));
  for (let sent = 0; sent < 100; sent++) socket.write(piece);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 [\s\S]*too-large/);
  await once(socket, 'close');
});
