import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { cast } from './cast.ts';
import { type App, patienceMs, startApp } from './harness.ts';
import { fillStream, stuckOrders } from './stuck-stream.ts';

const suite = hasRedis ? 'a P1 over Socket Mode' : `a P1 over Socket Mode: ${redisMissing}`;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({
      behaviour: async (port) => stuckOrders(`127.0.0.1:${port}`),
      env: { SLACK_APP_TOKEN: 'xapp-sandbox-app-token' },
    });
    await fillStream(app.redis);
  });
  afterAll(() => app.stop());

  test('from the alert to the merged postmortem, with every click and command through the socket', async () => {
    const { slack, github } = app.outside;
    await slack.until('the socket', () => slack.socket.connections() > 0, patienceMs);
    expect(await app.alert(alertBody([{ name: 'StreamBacklog' }]))).toBe(200);
    await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
    await app.click('minji', app.channel, 'accept-role');
    await app.click('jun', app.channel, 'approve-step');
    await app.untilIncident('the check', ({ state }) =>
      state.runs.every(({ steps }) => steps.every(({ phase }) => phase.is === 'over')),
    );
    expect((await app.redis.client.xpending('orders', 'billing')).at(-1)).toEqual([['alive', '3']]);
    const minji = slack.as(cast.minji.slack);
    const told = await minji.command(app.channel()?.id ?? '', '/incident', 'status');
    expect(told.notice).toBeUndefined();
    expect(await app.alert(alertBody([{ name: 'StreamBacklog', status: 'resolved' }]))).toBe(200);
    await app.click('minji', app.channel, 'confirm-recovery');
    await app.untilIncident('the draft', ({ state }) => state.postmortem?.pullRequest?.number === 1);
    const sora = github.as(cast.sora.login);
    sora.review(1, 'APPROVE', 'Clear.');
    await app.untilIncident(
      'the approval',
      ({ state }) => state.postmortem?.pullRequest?.state === 'approved',
    );
    sora.merge(1);
    await app.untilIncident('the merge', ({ state }) => state.postmortem?.pullRequest?.state === 'merged');
    const people = slack.journal.deliveries.filter(
      ({ kind }) => kind === 'interactive' || kind === 'command',
    );
    expect(people).toHaveLength(5);
    expect(people.filter(({ via, problem }) => via !== 'socket' || problem !== undefined)).toEqual([]);
  });
});
