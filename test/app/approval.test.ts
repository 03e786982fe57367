import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { cast, type Persona } from './cast.ts';
import { type App, patienceMs, startApp, waitFor } from './harness.ts';
import { fillStream, stuckOrders } from './stuck-stream.ts';

const suite = hasRedis ? 'approval through the whole app' : `approval through the whole app: ${redisMissing}`;
const minute = 60_000;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  let ahead = 0;
  beforeAll(async () => {
    app = await startApp({
      now: () => Date.now() + ahead,
      behaviour: async (port) => stuckOrders(`127.0.0.1:${port}`),
    });
    await fillStream(app.redis);
    expect(await app.alert(alertBody([{ name: 'StreamBacklog' }]))).toBe(200);
    await phase('proposed');
  });
  afterAll(() => app.stop());

  const claim = async () =>
    (await app.incident())?.state.runs.flatMap(({ steps }) => steps).find(({ id }) => id === 'claim');
  const phase = (wanted: string) =>
    waitFor(`the claim to be ${wanted}`, async () => (await claim())?.phase.is === wanted);
  /** Messages that only one person sees in the channel. */
  const toldTo = (who: Persona): string[] =>
    (app.channel()?.ephemerals ?? [])
      .filter(({ onlyFor }) => onlyFor === cast[who].slack)
      .map(({ text }) => text);
  const pending = async (): Promise<unknown> => (await app.redis.client.xpending('orders', 'billing')).at(-1);

  test('somebody who may not approve is refused, and only they are told', async () => {
    app.outside.slack.as(cast.sora.slack).join(app.channel()?.id ?? '');
    await app.click('sora', app.channel, 'approve-step');
    await app.outside.slack.until('the refusal', () => toldTo('sora').length === 1, patienceMs);
    expect(toldTo('sora')[0]).toMatch(/Only .*may do this|not among those/);
    expect(toldTo('jun')).toEqual([]);
    expect((await claim())?.phase.is).toBe('proposed');
    expect(await pending()).toEqual([['gone', '3']]);
  });

  test('an approval whose quarter of an hour is over does nothing, and the change is proposed anew', async () => {
    // Nothing can take the step while another incident holds its target.
    const target = (await claim())?.target ?? '';
    await app.redis.client.set(`{muster}:lock:${target}`, 'inc-99 token');
    await app.click('jun', app.channel, 'approve-step');
    await phase('approved');
    ahead += 16 * minute;
    await app.redis.client.del(`{muster}:lock:${target}`);
    await app.untilIncident('the expiry', ({ events }) =>
      events.some(({ type }) => type === 'ApprovalExpired'),
    );
    await phase('proposed');
    expect(await pending()).toEqual([['gone', '3']]);
  });

  test('breaking the glass needs a reason, is announced, and runs the change once', async () => {
    const opened = await app.click('sora', app.channel, 'break-glass');
    const modal = await app.outside.slack.until(
      'the form',
      () =>
        [...app.outside.slack.world.views.values()].find(
          (view) => view.open && view.user === cast.sora.slack,
        ),
      patienceMs,
    );
    expect(opened.notice).toBeUndefined();
    const sora = app.outside.slack.as(cast.sora.slack);
    await waitFor('the form to be filled', () => JSON.stringify(modal.blocks).includes('reason'));
    expect(Object.keys((await sora.submit(modal.id, {})).errors)).toHaveLength(1);
    await sora.submit(modal.id, { reason: 'Nobody of operations answers' });
    await phase('over');
    const { events } = (await app.incident()) as NonNullable<Awaited<ReturnType<App['incident']>>>;
    expect(events.find(({ type }) => type === 'StepApproved' && true)).toBeDefined();
    expect(events.filter(({ type }) => type === 'StepIntended')).toHaveLength(1);
    expect(await pending()).toEqual([['alive', '3']]);
    await app.outside.slack.until(
      'the announcement',
      () => app.channel()?.messages.some(({ text }) => text.includes('Nobody of operations answers')),
      patienceMs,
    );
  });
});
