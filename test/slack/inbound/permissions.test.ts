import { expect, test } from 'vitest';
import { defaultMuster } from '../../../src/config/muster-yaml.ts';
import { isPermitted } from '../../../src/slack/inbound/permissions.ts';
import { createMemory } from './memory.ts';

const memory = createMemory(() => 1_000);
const { state } = memory.of(await memory.alerted('Orders: down')); // Jun is the proposed commander
const { permissions } = defaultMuster();

type Row = [
  what: 'severity' | 'resolve',
  allowed: 'anyone' | string[],
  person: string,
  may: boolean,
  why: string,
];
const rows: Row[] = [
  ['severity', 'anyone', 'sora', true, 'anyone is anyone'],
  ['severity', ['ic'], 'jun', true, 'the proposed commander counts as one'],
  ['severity', ['ic'], 'sora', false, 'somebody without the role'],
  ['severity', ['ops'], 'jun', true, 'a role nobody holds is the commander’s'],
  ['severity', ['ic', 'sora'], 'sora', true, 'named as a person'],
  ['resolve', [], 'jun', false, 'an empty list is nobody'],
];

test.each(rows)('%s for %j: %s → %s (%s)', (what, allowed, person, may, _why) => {
  expect(isPermitted(what, person, state, { ...permissions, [what]: allowed })).toBe(may);
});

test('before there is an incident only people can be named', () => {
  const declare = (...allowed: string[]) => ({ ...permissions, declare: allowed });
  expect(isPermitted('declare', 'jun', null, declare('ic'))).toBe(false);
  expect(isPermitted('declare', 'jun', null, declare('ic', 'jun'))).toBe(true);
});
