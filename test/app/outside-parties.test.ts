import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { cast } from './cast.ts';
import { type App, patienceMs, startApp, waitFor } from './harness.ts';

const suite = hasRedis ? 'outside parties fail' : `outside parties fail: ${redisMissing}`;
const minute = 60_000;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  let ahead = 0;
  beforeAll(async () => {
    app = await startApp({ now: () => Date.now() + ahead });
  });
  afterAll(() => app.stop());

  const pullRequest = async () => (await app.incident())?.state.postmortem?.pullRequest;

  test('closing an incident never waits for GitHub; when it is back there is one branch and one pull request', async () => {
    const { github } = app.outside;
    const down = github.faults.inject(/./, { kind: 'answer', status: 503 }, 10_000);
    expect(await app.alert(alertBody([{ name: 'Quick' }]))).toBe(200);
    await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
    expect(await app.alert(alertBody([{ name: 'Quick', status: 'resolved' }]))).toBe(200);
    await app.click('minji', app.channel, 'confirm-recovery');
    await app.untilIncident('the end', ({ state }) => state.status.is === 'resolved', 5000);
    await waitFor('a call that GitHub refused', () => down.taken > 0);
    expect(await pullRequest()).toBeFalsy();
    down.left = 0;
    ahead += 5 * minute;
    await app.untilIncident('the draft', ({ state }) => state.postmortem?.pullRequest?.number === 1);
    expect(github.repository.pulls).toHaveLength(1);
    expect([...github.repository.branches.keys()]).toEqual(['main', 'postmortem/inc-1']);
  });

  test('a webhook of GitHub that was lost is made up for by reading the pull request', async () => {
    const { github } = app.outside;
    github.webhooks.lose(2);
    const sora = github.as(cast.sora.login);
    sora.review(1, 'APPROVE', 'Clear.');
    sora.merge(1);
    await github.webhooks.settled();
    expect(github.webhooks.deliveries.filter(({ lost }) => lost)).toHaveLength(2);
    expect((await pullRequest())?.state).toBe('open');
    ahead += 6 * minute;
    await app.untilIncident('the merge', ({ state }) => state.postmortem?.pullRequest?.state === 'merged');
    await app.outside.slack.until(
      'the news of it',
      () => app.channel()?.messages.some(({ text }) => /merged/i.test(text)),
      patienceMs,
    );
  });

  test('Slack delivers a click twice and an event three times: one effect each', async () => {
    expect(await app.alert(alertBody([{ name: 'Twice' }]))).toBe(200);
    await app.untilIncident('the card', ({ state }) => state.card !== null, patienceMs, 2);
    await Promise.all([
      app.click('minji', () => app.channel(2), 'accept-role'),
      app.click('minji', () => app.channel(2), 'accept-role'),
    ]);
    const minji = app.outside.slack.as(cast.minji.slack);
    const channel = app.channel(2)?.id ?? '';
    const note = minji.post(channel, 'I restarted checkout-1');
    app.outside.slack.faults.nextEvent('reaction_added', 'duplicate');
    minji.react(channel, note.ts, 'pushpin');
    await app.outside.slack.events.idle();
    await app.untilIncident(
      'the note',
      ({ events }) => events.some(({ type }) => type === 'NoteAdded'),
      patienceMs,
      2,
    );
    await app.rest();
    const { events } = (await app.incident(2)) as NonNullable<Awaited<ReturnType<App['incident']>>>;
    expect(app.outside.slack.faults.happened.map(({ fault }) => fault)).toContain('duplicate');
    expect(events.filter(({ type }) => type === 'NoteAdded')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'RoleAccepted' && event.role === 'ic')).toHaveLength(1);
    const slow = app.outside.slack.journal.deliveries.filter(
      ({ ms, problem }) => ms >= 3000 || problem !== undefined,
    );
    expect(slow.map(({ type, ms, problem }) => `${type} ${ms} ${problem}`)).toEqual([]);
  });
});
