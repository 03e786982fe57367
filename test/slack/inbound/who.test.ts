import { expect, test } from 'vitest';
import { silent } from '../../../src/kit/log.ts';
import type { SlackCall } from '../../../src/slack/client.ts';
import { createWho } from '../../../src/slack/inbound/who.ts';
import { configured } from './memory.ts';

const setUp = (answer: (user: string) => object | Promise<object>) => {
  const clock = { now: 0 };
  const asked: string[] = [];
  const call = (async (_method: string, { user }: { user: string }) => {
    asked.push(user);
    return { ok: true, user: await answer(user) };
  }) as SlackCall;
  const who = createWho({ call, now: () => clock.now, log: silent, teamId: 'T1', muster: configured() });
  return { who, clock, asked };
};

test.each([
  [{ team_id: 'T1' }, 'member'],
  [{}, 'member'],
  [{ team_id: 'T1', is_restricted: true }, 'guest'],
  [{ team_id: 'T1', is_ultra_restricted: true }, 'guest'],
  [{ team_id: 'T1', is_bot: true }, 'bot'],
  [{ team_id: 'T2' }, 'stranger'],
  [{ team_id: 'T1', is_stranger: true }, 'stranger'],
  [{ team_id: 'T1', deleted: true }, 'stranger'],
  [{ team_id: 'T2', enterprise_user: { teams: ['T1', 'T2'] } }, 'member'],
])('somebody with %j is a %s', async (info, standing) => {
  for (const user of ['U0JUN', 'U0ELSE']) {
    expect((await setUp(() => info).who.identify(user)).standing, user).toBe(standing);
  }
});

test('Slack is asked once in ten minutes', async () => {
  const { who, clock, asked } = setUp(() => ({}));
  await who.identify('U0JUN');
  clock.now += 599_000;
  await who.identify('U0JUN');
  expect(asked).toHaveLength(1);
  clock.now += 2_000;
  await who.identify('U0JUN');
  expect(asked).toHaveLength(2);
});

test('while Slack is silent, people of muster.yaml are trusted soon and others are not', async () => {
  const { who } = setUp((user) =>
    user === 'U0JUN' ? new Promise(() => {}) : Promise.reject(new Error('down')),
  );
  expect(await who.identify('U0JUN')).toMatchObject({ person: 'jun', name: 'Lee Jun', standing: 'member' });
  expect(await who.identify('U0ELSE')).toMatchObject({ person: 'slack:U0ELSE', standing: 'unverified' });
});

test.each([
  ['me', 'jun'],
  ['나', 'jun'],
  ['<@U0SORA|sora>', 'sora'],
  ['<@U0ARI>', 'slack:U0ARI'],
  ['U0MINJI', 'minji'],
  ['@sora', 'sora'],
  ['park sora', 'sora'],
  ['SORA', 'sora'],
  ['@ari', 'slack:U0ARI'],
  ['nobody', null],
  ['__proto__', null],
  ['', null],
])('%j is %s', async (typed, person) => {
  const { who } = setUp((user) => ({ name: user === 'U0ARI' ? 'ari' : user }));
  const [asker] = [await who.identify('U0JUN'), await who.identify('U0ARI')];
  expect(who.find(typed, asker)).toBe(person);
});

test('names never fall back to what a table inherits', async () => {
  const { who } = setUp(() => ({ profile: { display_name: 'Ari\u202e Kim' } }));
  await who.identify('U0ARI');
  expect(['jun', 'slack:U0ARI', 'slack:U0NEW', 'constructor'].map(who.nameOf)).toEqual([
    'Lee Jun',
    'Ari Kim',
    'U0NEW',
    'constructor',
  ]);
});
