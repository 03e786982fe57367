import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as later } from 'node:timers/promises';

/** A shop's cart over real HTTP, with a real race: two writers that read the same version cannot both write. */
export type Cart = {
  base: string;
  /** Open connections, and the most requests that were being handled at the same time. */
  seen: { sockets: Set<Socket>; most: number; writes: number; bodies: string[] };
  /** Makes reading the cart race as well, or every answer a 500. */
  behave: { racingReads: boolean; broken: boolean };
  stop: () => Promise<void>;
};

/** Starts the cart. `POST /api/cart/items` loses updates as 500 COMMON001; `GET /api/cart` does so only when told. */
export async function startCart(): Promise<Cart> {
  const seen: Cart['seen'] = { sockets: new Set(), most: 0, writes: 0, bodies: [] };
  const behave = { racingReads: false, broken: false };
  let version = 0;
  let running = 0;

  const work = async () => {
    for (let turn = 0; turn < 50; turn++) await later();
  };
  const racing = async (): Promise<boolean> => {
    const read = version;
    await work();
    if (version !== read) return false;
    version = read + 1;
    return true;
  };
  const answer = async (request: IncomingMessage): Promise<[number, object]> => {
    const body = await text(request);
    if (behave.broken) return [500, { code: 'DB001' }];
    if (request.url === '/healthz') return [200, { status: 'up' }];
    if (request.url === '/api/cart/items' && request.method === 'POST') {
      seen.writes++;
      seen.bodies.push(body);
      if (body.includes('sold-out')) return [409, { code: 'CART409' }];
      return (await racing()) ? [201, { version }] : [500, { code: 'COMMON001', message: 'stale version' }];
    }
    if (request.url === '/api/cart') {
      await work();
      if (!behave.racingReads || (await racing())) return [200, { items: [] }];
      return [500, { code: 'COMMON001' }];
    }
    return [404, { code: 'COMMON404' }];
  };
  const server = createServer((request, response) => {
    running++;
    seen.most = Math.max(seen.most, running);
    void answer(request).then(([status, body]) => {
      running--;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.on('connection', (socket) => {
    seen.sockets.add(socket);
    socket.once('close', () => seen.sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
