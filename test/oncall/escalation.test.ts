import { describe, expect, test } from 'vitest';
import { defaultMuster } from '../../src/config/muster-yaml.ts';
import { createEscalation } from '../../src/oncall/escalation.ts';
import { createProposeRoles } from '../../src/oncall/propose-roles.ts';
import { createWhoIsOnCall } from '../../src/oncall/who-is-on-call.ts';
import { at, muster } from './config.ts';

const yaml = `timezone: Asia/Seoul
rotations:
  platform: { people: [minji, jun, sora] }
  shop: { people: [hana] }
services: { cart: { owner: shop } }
oncall: { default: platform, comms: shop }
`;
const now = at('2026-01-07T00:00:00Z');
const climb = (config: ReturnType<typeof muster>) => createEscalation(config, createWhoIsOnCall(config));
const roles = (config: ReturnType<typeof muster>) => createProposeRoles(config, createWhoIsOnCall(config));

describe('createEscalation', () => {
  test('P1: primary at once, secondary after 5 min, the whole team after 10, each level with its reason', () => {
    const { rungs, repeatMs } = climb(muster(yaml))('P1', 'orders', now);
    expect(rungs.map(({ level, afterMs, people }) => [level, afterMs / 60_000, people])).toEqual([
      [1, 0, ['minji']],
      [2, 5, ['jun']],
      [3, 10, ['minji', 'jun', 'sora']],
    ]);
    expect(repeatMs).toBe(600_000);
    expect(rungs[0]).toMatchObject({
      via: ['slack', 'pagerduty'],
      rule: 'policy P1, level 1: primary (rotation platform, week of 2026-01-05)',
    });
  });

  test("a service pages its owner's rotation; a level that finds nobody is empty and says why", () => {
    const { rungs } = climb(muster(yaml))('P2', 'cart', now);
    expect(rungs.map(({ people }) => people)).toEqual([['hana'], [], ['hana']]);
    expect(rungs[1]?.rule).toMatch(/nobody is secondary: rotation shop/);
  });

  test('a level may name a person, and a substitute belongs to the team', () => {
    const config =
      muster(`${yaml}policies: { P1: { levels: [{ after: 0m, who: sora }, { after: 1m, who: team }] } }
overrides: [{ rotation: platform, person: hana, from: 2026-01-06T00:00, to: 2026-01-08T00:00 }]`);
    const { rungs } = climb(config)('P1', null, now);
    expect(rungs.map(({ people }) => people)).toEqual([['sora'], ['hana', 'jun', 'minji', 'sora']]);
  });

  test('with no configuration every level is empty with a reason, and nothing throws', () => {
    const { rungs } = climb(defaultMuster())('P1', 'orders', now);
    expect(rungs.map(({ people }) => people)).toEqual([[], [], []]);
    expect(rungs[0]?.rule).toMatch(/no rotation is responsible/);
  });
});

describe('createProposeRoles', () => {
  const who = (list: ReturnType<ReturnType<typeof roles>>) =>
    Object.fromEntries(list.map(({ role, person }) => [role, person]));
  test('IC is the primary, ops the secondary, comms comes from its own rotation', () => {
    expect(who(roles(muster(yaml))('orders', 'P1', now))).toEqual({ ic: 'minji', ops: 'jun', comms: 'hana' });
  });
  test('what nobody holds, the IC holds, and the rule says so', () => {
    const list = roles(muster(yaml.replace(', comms: shop', '')))('cart', 'P2', now);
    expect(who(list)).toEqual({ ic: 'hana', ops: 'hana', comms: 'hana' });
    expect(list[1]?.rule).toMatch(/the commander holds it/);
  });
  test('with nobody on call the roles stay vacant', () => {
    expect(who(roles(defaultMuster())('orders', 'P1', now))).toEqual({ ic: null, ops: null, comms: null });
  });
  test('P3 and P4 are not staffed', () => expect(roles(muster(yaml))('orders', 'P3', now)).toEqual([]));
});
