import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentedMethods } from '../../../src/sandbox/slack/method-facts.ts';
import { methods } from '../../../src/sandbox/slack/methods/registry.ts';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { call, manifest, shorthands, startWorkspace } from './workspace.ts';

let slack: SlackServer;
let clock: number;
beforeEach(async () => {
  clock = 1_790_000_000_000;
  slack = await startWorkspace({ now: () => clock });
});
afterEach(() => slack.close());

const { errorOf } = shorthands(() => slack);

test('every documented method is there, and only those', () => {
  expect(Object.keys(methods).sort()).toEqual([...documentedMethods].sort());
});

describe('who calls', () => {
  test.each([
    ['without a token', '', 'not_authed'],
    ['with a wrong token', 'xoxb-wrong', 'invalid_auth'],
    ['with the app-level token', 'xapp-sandbox-app-token', 'not_allowed_token_type'],
  ])('%s', async (_name, token, error) => {
    expect((await call(slack, 'auth.test', {}, token)).body).toEqual({ ok: false, error });
  });

  test('apps.connections.open takes the app-level token only', async () => {
    expect(await errorOf('apps.connections.open', {})).toBe('not_allowed_token_type');
    const { body } = await call(slack, 'apps.connections.open', {}, slack.app.appToken);
    expect(body.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\?ticket=/);
  });

  test('a scope that the manifest lacks is missing here, by kind of channel', async () => {
    const scopes = manifest.oauth_config.scopes.bot.filter(
      (scope) => scope !== 'groups:write' && scope !== 'pins:write',
    );
    const limited = await startWorkspace({
      manifest: { ...manifest, oauth_config: { scopes: { bot: scopes } } },
    });
    const made = await call(limited, 'conversations.create', { name: 'open' });
    expect(made.body.ok).toBe(true);
    const secret = await call(limited, 'conversations.create', { name: 'closed', is_private: true });
    expect(secret.body).toMatchObject({ error: 'missing_scope', needed: 'groups:write' });
    const pin = await call(limited, 'pins.add', { channel: made.body.channel.id, timestamp: '1.000001' });
    expect(pin.body).toMatchObject({ error: 'missing_scope', needed: 'pins:write' });
    await limited.close();
  });

  test('an event without its scope is refused when the app is installed', async () => {
    const settings = { event_subscriptions: { bot_events: ['reaction_added'] } };
    const bare = { ...manifest, features: {}, settings, oauth_config: { scopes: { bot: ['chat:write'] } } };
    await expect(startWorkspace({ manifest: bare })).rejects.toThrow(
      /reaction_added needs the scope reactions:read/,
    );
  });
});

describe('rates', () => {
  test('a tier-2 method takes 20 calls a minute, then 429 says when to come back', async () => {
    const real = await startWorkspace({ limits: 'real', now: () => clock });
    for (let n = 0; n < 20; n++) expect((await call(real, 'conversations.list')).status).toBe(200);
    const refused = await call(real, 'conversations.list');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await call(real, 'conversations.members', { channel: 'C' })).status).toBe(200);
    clock += 3_000;
    expect((await call(real, 'conversations.list')).status).toBe(200);
    await real.close();
  });

  test('one message a second in a channel after a short burst, other channels are free', async () => {
    const real = await startWorkspace({ limits: 'real', now: () => clock });
    const ids = await Promise.all(
      ['a', 'b'].map(async (name) => (await call(real, 'conversations.create', { name })).body.channel.id),
    );
    const posted = async (to = ids[0]) =>
      (await call(real, 'chat.postMessage', { channel: to, text: 'x' })).status;
    for (let n = 0; n < 4; n++) expect(await posted()).toBe(200);
    expect(await posted()).toBe(429);
    expect(await posted(ids[1])).toBe(200);
    clock += 1_000;
    expect([await posted(), await posted()]).toEqual([200, 429]);
    await real.close();
  });
});

describe('faults', () => {
  test('a lost answer leaves the work done; a fault before leaves nothing', async () => {
    slack.faults.next('conversations.create', { kind: 'reset', when: 'after' });
    await expect(call(slack, 'conversations.create', { name: 'lost' })).rejects.toThrow('fetch failed');
    expect(await errorOf('conversations.create', { name: 'lost' })).toBe('name_taken');
    slack.faults.next('conversations.create', { kind: 'status', status: 503, when: 'before' });
    expect((await call(slack, 'conversations.create', { name: 'never' })).status).toBe(503);
    expect((await call(slack, 'conversations.create', { name: 'never' })).body.ok).toBe(true);
    expect(slack.faults.happened).toHaveLength(2);
    expect(slack.journal.calls.map(({ ok, fault }) => [ok, fault?.kind])).toEqual([
      [true, 'reset'],
      [false, undefined],
      [false, 'status'],
      [true, undefined],
    ]);
  });

  test('429 with and without a header, a made-up error, and an outage', async () => {
    slack.faults.next('*', { kind: 'rate', retryAfter: undefined });
    const bare = await call(slack, 'auth.test');
    expect([bare.status, bare.headers.has('retry-after')]).toEqual([429, false]);
    slack.faults.next('auth.test', { kind: 'error', error: 'fatal_error' });
    expect(await errorOf('auth.test', {})).toBe('fatal_error');
    slack.faults.outage('unavailable');
    expect((await call(slack, 'auth.test')).status).toBe(503);
    slack.faults.outage(false);
    expect((await call(slack, 'auth.test')).body.ok).toBe(true);
  });
});
