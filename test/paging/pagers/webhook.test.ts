import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { startSandboxPagerHook } from '../../../src/sandbox/pager-hook/sandbox-pager-hook.ts';
import { t0 } from '../../incident/given.ts';
import { passesHttpCodes } from '../http-codes.ts';
import { pageFor, pagersWith, running } from '../page-for.ts';
import { people } from '../story.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const settings = (url: string) => ({ webhook: { url, secretRef: 'PAGER_WEBHOOK_SECRET' } });

describe('the webhook pager', () => {
  test('posts a signed page whose key makes repeats one', async () => {
    const hook = await startSandboxPagerHook({ now: Date.now });
    closers.push(() => hook.close());
    const pager = pagersWith(settings(hook.url), {}).get('webhook')!;
    const page = pageFor(people.minji);
    expect(await pager.send(page, false, running())).toEqual({ ref: { key: page.key } });
    await pager.send(page, true, running());
    const [posted, ...more] = hook.pages();
    expect(more).toEqual([]);
    expect(posted).toMatchObject({
      key: page.key,
      posts: 2,
      body: {
        key: page.key,
        incident: 'inc-42',
        severity: 'P1',
        title: 'Orders fail',
        service: 'orders',
        since: new Date(t0).toISOString(),
        person: { id: 'minji', name: 'Kim Minji', email: 'minji@example.com', language: 'ko' },
        acknowledge_url: `https://muster.example.com/ack/${page.key}`,
      },
    });
    const at = posted?.headers['x-muster-timestamp'];
    const signed = createHmac('sha256', 'value of PAGER_WEBHOOK_SECRET')
      .update(`${at}.${JSON.stringify(posted?.body)}`)
      .digest('hex');
    expect(at).toBe(String(t0 / 1000));
    expect(posted?.headers['x-muster-signature']).toBe(`v1=${signed}`);
  });

  test('is not set up without an address', () => {
    expect(pagersWith({}, {}).has('webhook')).toBe(false);
  });
});

passesHttpCodes('webhook', (url) => pagersWith(settings(url), {}));
