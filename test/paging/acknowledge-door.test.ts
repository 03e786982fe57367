import { afterEach, describe, expect, test } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import { createAcknowledgeDoor } from '../../src/paging/acknowledge-door.ts';
import type { AcknowledgeView } from '../../src/paging/acknowledge-page.ts';
import {
  type AcknowledgeToken,
  createAcknowledgeUrl,
  signToken,
} from '../../src/paging/acknowledge-token.ts';
import { createSandboxPagerHook } from '../../src/sandbox/pager-hook/sandbox-pager-hook.ts';
import { listen } from '../../src/web/listen.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createWeb } from '../../src/web/web.ts';
import { minute, person, t0 } from '../incident/given.ts';
import { pageFor } from './page-for.ts';
import { notebook, people, startStory } from './story.ts';

const secret = 'a secret that signs';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: { title?: string; broken?: boolean } = {}) {
  let now = t0;
  const story = startStory({ pagers: notebook('slack').pagers });
  const incident = () => {
    const live = story.incident();
    return options.title ? { ...live, state: { ...live.state, title: options.title } } : live;
  };
  const look = async ({ subject, person: asked }: AcknowledgeToken): Promise<AcknowledgeView> => {
    if (options.broken) throw new Error('Redis is down at redis://:hunter2@10.0.0.1');
    if (!('incident' in subject) || subject.incident !== 42) return { is: 'unknown' };
    const { state } = incident();
    const name = 'inc-42';
    if (state.status.is === 'resolved') return { is: 'resolved', name };
    if (state.acknowledged)
      return { is: 'acknowledged', name, by: people[state.acknowledged.person]?.name ?? '' };
    return { is: 'open', name, ...state, since: state.openedAt, person: people[asked]?.name ?? '' };
  };
  const acknowledge = async (token: AcknowledgeToken): Promise<AcknowledgeView> => {
    if (!options.broken) story.handle({ type: 'Acknowledge', at: now, by: person(token.person) });
    return look(token);
  };
  const door = createAcknowledgeDoor({
    secret,
    look,
    acknowledge,
    who: (id) => people[id],
    language: 'en',
    log: silent,
    now: () => now,
  });
  const metrics = createMetrics();
  const app = createWeb({
    doors: [{ path: '/ack', handler: door }],
    metrics,
    lastWork: () => now,
    ready: [],
    log: silent,
    now: () => now,
  });
  const web = await listen(app, '127.0.0.1', 0);
  closers.push(() => web.close(0));
  const urlFor = createAcknowledgeUrl({ secret, publicUrl: web.url, now: () => now });
  return {
    story,
    web,
    urlFor,
    hook: createSandboxPagerHook({ now: Date.now }),
    later: (ms: number) => {
      now += ms;
    },
  };
}

describe('an acknowledge link', () => {
  test('shows on GET and acknowledges on POST, in the language and the name of the person', async () => {
    const { story, urlFor, hook } = await start();
    const link = urlFor(pageFor(people.minji));
    const looked = await hook.follow(link, false);
    expect(looked.shown).toBe(200);
    expect(looked.page).toContain('<html lang="ko">');
    expect(looked.page).toContain('확인');
    expect(story.incident().state.acknowledged).toBeNull();
    const pressed = await hook.follow(link, true);
    expect(pressed.acknowledged).toBe(200);
    expect(story.incident().state.acknowledged).toMatchObject({ person: 'minji' });
    const again = await hook.follow(link, true);
    expect(again.page).toContain('Kim Minji 님이 확인했습니다');
    expect(again.page).not.toContain('<button');
  });

  test('of somebody else shows who was first', async () => {
    const { story, urlFor } = await start();
    story.handle({ type: 'Acknowledge', at: t0, by: person('minji') });
    const text = await (await fetch(urlFor(pageFor(people.jun)), { method: 'POST' })).text();
    expect(text).toContain('Acknowledged by Kim Minji.');
  });

  test('expires, and forged or changed ones open nothing', async () => {
    const { story, web, urlFor, later } = await start();
    const link = urlFor(pageFor(people.jun));
    const [body = '', signature = ''] = link.split('/ack/')[1]!.split('.');
    const other = Buffer.from(
      JSON.stringify({ subject: { incident: 42 }, person: 'minji', until: t0 + minute }),
    ).toString('base64url');
    const forged = [
      `${body}.`,
      body,
      `${other}.${signature}`,
      signToken('', { subject: { incident: 42 }, person: 'jun', until: t0 + minute }),
      `${body}.${signature}.x`,
      '%E0%A4%A',
      '',
    ];
    for (const token of forged) {
      const { status } = await fetch(`${web.url}/ack/${token}`, { method: 'POST' });
      expect([token, status]).toEqual([token, 404]);
    }
    later(24 * 60 * minute);
    const expired = await fetch(link, { method: 'POST' });
    expect(expired.status).toBe(410);
    expect(story.incident().state.acknowledged).toBeNull();
  });

  test('answers 405 to other methods, 404 for an incident that is gone, 503 without the reason when it cannot be saved', async () => {
    const { urlFor } = await start();
    expect((await fetch(urlFor(pageFor(people.jun)), { method: 'PUT' })).status).toBe(405);
    expect((await fetch(urlFor(pageFor(people.jun, { subject: { incident: 7 } })))).status).toBe(404);
    const broken = await start({ broken: true });
    const answer = await fetch(broken.urlFor(pageFor(people.jun)));
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toMatch(/hunter2|Redis/);
  });

  test('shows outside text as text, keeps its address to itself and runs nothing', async () => {
    const { urlFor } = await start({ title: `<script>alert(1)</script>" onload='x'` });
    const answer = await fetch(urlFor(pageFor(people.jun)));
    const text = await answer.text();
    expect(text).not.toContain('<script>');
    expect(text).toContain('&#60;script&#62;');
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { story, urlFor: other } = await start();
    story.handle({ type: 'Resolve', at: t0, by: person('jun'), rule: 'by-hand', reason: null });
    expect(await (await fetch(other(pageFor(people.jun)))).text()).toContain('resolved');
  });
});
