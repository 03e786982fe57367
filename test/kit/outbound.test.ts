import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addressKind } from '../../src/kit/address.ts';
import type { Failure } from '../../src/kit/failure.ts';
import { createOutbound } from '../../src/kit/outbound.ts';

const servers: Server[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failure = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    (value) => expect.unreachable(`expected a failure, got ${JSON.stringify(value)}`),
    (error) => error as Failure,
  );

describe('createOutbound', () => {
  test('sends method, headers and body, and returns status, lower-case headers and text', async () => {
    const url = await serve((req, res) => {
      let body = '';
      req.on('data', (chunk) => (body += chunk));
      req.on('end', () =>
        res.writeHead(201, { 'X-Seen': `${req.method} ${req.headers['x-a']} ${body}` }).end('주문'),
      );
    });
    const outbound = createOutbound({ allowPrivate: true });
    const answer = await outbound(`${url}/x`, { method: 'POST', headers: { 'x-a': '1' }, body: 'hello' });
    expect(answer).toMatchObject({ status: 201, text: '주문', headers: { 'x-seen': 'POST 1 hello' } });
  });

  test.each([
    [500, {}, 'http-5xx', 'later', undefined],
    [503, { 'retry-after': '7' }, 'rate-limited', 'later', 7000],
    [429, { 'retry-after': '3' }, 'rate-limited', 'later', 3000],
    [429, { 'retry-after': 'soon' }, 'rate-limited', 'later', 1000],
    [404, {}, 'http-4xx', 'never', undefined],
    [408, {}, 'http-4xx', 'later', undefined],
    [302, { location: 'http://169.254.169.254/' }, 'http-3xx', 'never', undefined],
  ])('HTTP %s %j is %s', async (status, headers, code, retry, retryAfterMs) => {
    const url = await serve((_req, res) => res.writeHead(status, headers).end('the secret is hunter2'));
    const error = await failure(createOutbound({ allowPrivate: true })(`${url}/path?token=abc`));
    expect(error).toMatchObject({ code, retry, retryAfterMs, value: `${url}/path` });
    expect(error.message).not.toMatch(/hunter2|token=abc/);
  });

  test("statuses: 'any' hands every status back", async () => {
    const url = await serve((_req, res) => res.writeHead(500).end('x'));
    expect(await createOutbound({ allowPrivate: true })(url, { statuses: 'any' })).toMatchObject({
      status: 500,
      text: 'x',
    });
  });

  test('a server that never answers, and one that stops in the middle, end as timeout', async () => {
    const silent = await serve(() => {});
    const half = await serve((_req, res) => void res.writeHead(200).write('a'));
    const outbound = createOutbound({ allowPrivate: true, timeoutMs: 80 });
    expect(await failure(outbound(silent))).toMatchObject({ code: 'timeout', retry: 'later' });
    expect(await failure(outbound(half))).toMatchObject({ code: 'timeout' });
  });

  test('a closed port is refused, a reset is connection-lost', async () => {
    const url = await serve((req) => req.socket.destroy());
    const outbound = createOutbound({ allowPrivate: true });
    expect(await failure(outbound(url))).toMatchObject({ code: 'connection-lost' });
    const gone = await serve(() => {});
    await new Promise((done) => servers.pop()?.close(done));
    expect(await failure(outbound(gone))).toMatchObject({ code: 'refused' });
    expect(await failure(outbound('http://no-such-host.invalid/'))).toMatchObject({ code: 'refused' });
  });

  test('an endless answer is cut off at the cap', async () => {
    const url = await serve((_req, res) => {
      const pour = () => {
        while (res.write('x'.repeat(65_536)));
        res.once('drain', pour);
      };
      pour();
    });
    const error = await failure(createOutbound({ allowPrivate: true, maxBytes: 100_000 })(url));
    expect(error).toMatchObject({ code: 'answer-too-large', retry: 'never' });
  });

  test("the caller's signal cancels", async () => {
    const url = await serve(() => {});
    const error = failure(createOutbound({ allowPrivate: true })(url, { signal: AbortSignal.timeout(30) }));
    expect(await error).toMatchObject({ code: 'cancelled' });
  });

  test.each([
    ['the metadata address', 'http://169.254.169.254/latest/meta-data/', true],
    ['the metadata address written as a number', 'http://2852039166/', true],
    ['the metadata address inside IPv6', 'http://[::ffff:169.254.169.254]/', true],
    ['link-local IPv6', 'http://[fe80::1]/', true],
    ['loopback where private is not allowed', 'http://127.0.0.1:1/', false],
    ['a name that resolves to loopback', 'http://localhost:1/', false],
  ])('never dials %s', async (_why, url, allowPrivate) => {
    expect(await failure(createOutbound({ allowPrivate })(url))).toMatchObject({
      code: 'address-blocked',
      retry: 'never',
    });
  });

  test('a relative or foreign address is named', async () => {
    expect(await failure(createOutbound()('file:///etc/passwd'))).toMatchObject({ code: 'bad-address' });
  });
});

describe('circuit breaker', () => {
  test('five failures of ten open it for 30 s, then five good trials close it; other parties are untouched', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    let healthy = false;
    let calls = 0;
    const url = await serve((_req, res) => {
      calls += 1;
      res.writeHead(healthy || calls % 2 === 1 ? 200 : 500).end();
    });
    const outbound = createOutbound({ allowPrivate: true });
    const codes: string[] = [];
    for (let i = 0; i < 12; i++)
      codes.push(
        await outbound(url).then(
          () => 'ok',
          (e: Failure) => e.code,
        ),
      );
    expect(calls).toBe(10);
    expect(codes.slice(10)).toEqual(['circuit-open', 'circuit-open']);
    expect((await outbound(url, { party: 'somebody else' })).status).toBe(200);

    healthy = true;
    vi.setSystemTime(29_000);
    expect((await failure(outbound(url))).retryAfterMs).toBe(30_000);
    vi.setSystemTime(31_000);
    for (let i = 0; i < 5; i++) expect((await outbound(url)).status).toBe(200);
    healthy = false;
    expect(
      await outbound(url).then(
        () => 'ok',
        (e: Failure) => e.code,
      ),
    ).not.toBe('circuit-open');
  });

  test('refusals of our own requests never open it', async () => {
    const url = await serve((_req, res) => res.writeHead(400).end());
    const outbound = createOutbound({ allowPrivate: true });
    for (let i = 0; i < 15; i++) expect((await failure(outbound(url))).code).toBe('http-4xx');
  });
});

test.each([
  ['8.8.8.8', 'public'],
  ['10.1.2.3', 'private'],
  ['172.31.0.1', 'private'],
  ['127.0.0.1', 'private'],
  ['::1', 'private'],
  ['fd12::1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['169.254.0.1', 'forbidden'],
  ['fd00:ec2::254', 'forbidden'],
  ['100.100.100.200', 'forbidden'],
  ['0.0.0.0', 'forbidden'],
  ['224.0.0.1', 'forbidden'],
  ['255.255.255.255', 'forbidden'],
  ['no address', 'forbidden'],
  ['2606:4700::1111', 'public'],
  ['fd20:ce::254', 'forbidden'],
  ['64:ff9b:1::a9fe:a9fe', 'forbidden'],
  ['2002:a9fe:a9fe::1', 'forbidden'],
  ['fec0::1', 'private'],
])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));
