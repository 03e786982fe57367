import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { refusalText } from '../../src/alerts/refusal-notice.ts';
import { fixture, headersOf, webhookFixtures } from './fixtures.ts';
import { bearer, closeDoors, openDoor as open } from './open-door.ts';

const small = fixture('bench-1-alerts-firing');
afterEach(closeDoors);

describe('what is accepted', () => {
  test('every recorded body with a good credential, and nothing of it is lost', async () => {
    const { send, taken } = await open();
    for (const name of webhookFixtures) {
      expect((await send(fixture(name))).status, name).toBe(200);
      const fingerprints = taken.at(-1)?.flatMap((group) => [...group.firing, ...group.resolved]).length;
      expect(fingerprints, name).toBe(JSON.parse(fixture(name).toString()).alerts.length);
    }
  });

  test.each(['auth-basic', 'auth-bearer'])('%s as it was recorded', async (name) => {
    const { send } = await open();
    const { authorization } = headersOf(name);
    expect((await send(fixture(name), { authorization: authorization! })).status).toBe(200);
  });

  test('the same bytes again and again are the same groups, not parsed anew', async () => {
    const { send, taken } = await open();
    for (let i = 0; i < 3; i++) await send(small);
    expect(taken[1]).toEqual(taken[0]);
    expect(taken[2]).toBe(taken[1]);
  });

  test('a body in many small pieces without a length', async () => {
    const { port, counted } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /webhooks/alertmanager HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer.authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    for (let i = 0; i < small.length; i += 100) {
      const piece = small.subarray(i, i + 100);
      socket.write(`${piece.length.toString(16)}\r\n${piece.toString('latin1')}\r\n`, 'latin1');
    }
    socket.write('0\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 200 /);
    expect(counted).toEqual(['accepted']);
    socket.destroy();
  });
});

describe('what is refused', () => {
  test.each([
    ['auth-token', headersOf('auth-token').authorization, ''],
    ['auth-token-in-query-string', undefined, '?token=example-token&env=prod'],
  ])(
    '%s as it was recorded is 401, its body with a good credential is taken',
    async (name, authorization, query) => {
      const { send, taken } = await open();
      const answer = await send(fixture(name), authorization ? { authorization } : {}, 'POST', query);
      expect(answer.status).toBe(401);
      expect(answer.text).toMatch(/Authorization/);
      expect(taken).toEqual([]);
      expect((await send(fixture(name))).status).toBe(200);
    },
  );

  test.each([
    ['a wrong token', 'Bearer example-tokem'],
    ['a token that begins right', 'Bearer example-token2'],
    ['an empty token', 'Bearer '],
    ['a wrong password', `Basic ${Buffer.from('alertmanager:x').toString('base64')}`],
    ['the token as Basic', 'Basic example-token'],
    ['a scheme of the prototype', 'constructor x'],
  ])('%s is 401', async (_why, authorization) => {
    const { send, taken, counted } = await open();
    const answer = await send(small, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.text).not.toContain('example-token');
    expect([taken, counted]).toEqual([[], ['unauthorized']]);
  });

  test('with no credential configured nobody gets in, not even with an empty one', async () => {
    const { send } = await open({ credentials: {} });
    for (const authorization of ['Bearer ', 'Bearer undefined', 'Basic Og==']) {
      expect((await send(small, { authorization })).status).toBe(401);
    }
  });

  test('the credential is checked before the body is read', async () => {
    const { port } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /webhooks/alertmanager HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });

  test.each(['GET', 'PUT', 'DELETE', 'HEAD'])('%s is 405 and names the method that works', async (method) => {
    const { send } = await open();
    const answer = await send('', bearer, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });

  test.each([
    ['no JSON', '{"version":', /no JSON/],
    ['another format', '{"version":"3","alerts":[]}', /version is "3"/],
    ['an empty body', '', /no JSON/],
    ['a list', '[]', /no JSON object/],
  ])('%s is 400 and says why', async (_why, body, says) => {
    const { send, told } = await open();
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(says);
    expect(told).toEqual([
      expect.objectContaining({ status: 400, sender: expect.stringContaining('127.0.0.1') }),
    ]);
  });

  test('too large is 413, announced or not, and is told', async () => {
    const { send, told, port } = await open({ maxBytes: 2000 });
    const large = Buffer.alloc(1_000_000, 'x');
    expect((await send(large, { ...bearer, 'content-length': String(large.length) })).status).toBe(413);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /webhooks/alertmanager HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer.authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    socket.write(`bb8\r\n${'x'.repeat(3000)}\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 [\s\S]*larger than 2000 bytes/);
    expect(told).toHaveLength(1);
    socket.destroy();
  });

  test('operators hear of it once per sender and hour, and never of what came without a credential', async () => {
    const { send, told, counted, clock } = await open();
    await send('{', {});
    for (const minutes of [0, 10, 49, 1]) {
      clock.now += minutes * 60_000;
      await send('{');
    }
    expect(told.map(({ at }) => at - told[0]!.at)).toEqual([0, 3_600_000]);
    expect(counted).toEqual(['unauthorized', ...Array(4).fill('not-understood')]);
    expect(refusalText(told[0]!, 'en')).toMatch(/HTTP 400.*no JSON/);
    expect(refusalText(told[0]!, 'ko')).toMatch(/HTTP 400.*거부했습니다/);
  });
});

describe('load and broken dependencies are 503 and nothing else', () => {
  test.each([
    ['busy', async () => ({ taken: false as const, why: 'the queue is full' }), /the queue is full/],
    ['broken', () => Promise.reject(new Error('READONLY password=hunter2')), /a dependency is broken/],
    [
      'a bug',
      () => {
        throw new TypeError('x');
      },
      /a dependency is broken/,
    ],
    ['too slow', () => new Promise<never>(() => {}), /not stored within 50 ms/],
  ])('%s', async (_why, ingest, says) => {
    const { send, told, counted } = await open({ ingest, patienceMs: 50 });
    const answer = await send(small);
    expect(answer.status).toBe(503);
    expect(answer.text).toMatch(says);
    expect(answer.text).not.toContain('hunter2');
    expect([told, counted]).toEqual([[], ['unavailable']]);
  });

  test('200 only after ingest is done', async () => {
    const stored = Promise.withResolvers<{ taken: true }>();
    let asked = 0;
    const { send, counted } = await open({
      ingest: () => {
        asked += 1;
        return stored.promise;
      },
    });
    const answer = send(small);
    await expect.poll(() => asked).toBe(1);
    expect(counted).toEqual([]);
    stored.resolve({ taken: true });
    expect((await answer).status).toBe(200);
  });

  test('a sender that hangs up in the middle is counted and harms nobody', async () => {
    const { port, send, counted } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /webhooks/alertmanager HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer.authorization}\r\nContent-Length: 5000\r\n\r\n{`,
    );
    socket.end();
    await expect.poll(() => counted).toEqual(['gone']);
    expect((await send(small)).status).toBe(200);
  });
});
