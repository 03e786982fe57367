import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from './workspace.ts';

let at: Workspace;
beforeEach(async () => {
  at = await startWorkspace('socket');
});
afterEach(() => at.stop());

const opened = () =>
  at.slack.journal.calls.filter(({ method, ok }) => method === 'apps.connections.open' && ok).length;
const met = () => at.slack.faults.happened.filter(({ method }) => method === 'apps.connections.open').length;
/** Ends the connection and waits for the next one. */
const renew = async (end: () => void) => {
  const before = opened();
  end();
  await expect.poll(opened, { timeout: 15_000 }).toBeGreaterThan(before);
  await expect.poll(() => at.slack.socket.connections(), { timeout: 5000 }).toBe(1);
};

/** A request that arrives shows that the new connection carries work. */
async function works(): Promise<void> {
  const { id, channel } = await at.incident();
  const told = await at.answer('U0JUN', channel, () =>
    at.slack.as('U0JUN').command(channel, '/incident', 'status'),
  );
  expect(told.text).toContain(`inc-${id}`);
}

test('comes back after three 503s on apps.connections.open', async () => {
  at.slack.faults.next('apps.connections.open', { kind: 'status', status: 503, when: 'before' }, 3);
  await renew(at.slack.socket.cut);
  expect(met()).toBe(3);
  await works();
});

test('survives a token that is refused for a while', async () => {
  at.slack.faults.next('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 3);
  await renew(at.slack.socket.cut);
  expect(met()).toBe(3);
  await works();
});

test('follows when Slack asks for a new connection, and when one is lost again and again', async () => {
  await renew(() => at.slack.socket.disconnect('refresh_requested'));
  for (let n = 0; n < 3; n++) await renew(at.slack.socket.cut);
  await works();
});

test('connects no more once it is stopped', async () => {
  const before = opened();
  await at.inbound.stop();
  await expect.poll(() => at.slack.socket.connections()).toBe(0);
  await at.deps.call('auth.test', {});
  expect(opened()).toBe(before);
});
