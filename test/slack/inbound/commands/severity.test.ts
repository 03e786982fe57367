import { expect, test } from 'vitest';
import { defaultMuster } from '../../../../src/config/muster-yaml.ts';
import { tryVerbs } from '../ask.ts';
import { configured } from '../memory.ts';

test('goes up freely, down with a reason', async () => {
  const { memory, type, see, last } = tryVerbs();
  const id = await memory.alerted('Reports: slow', 'P2');
  expect(await type('U0JUN', 'severity p1', id)).toBe('inc-1 is now P1.');
  expect(await type('U0JUN', 'sev P1', id)).toBe('inc-1 is P1 already.');
  expect(await type('U0JUN', 'severity P3', id)).toContain('Lowering the severity needs a reason');
  expect(see(id).severity).toBe('P1');
  expect(await type('U0JUN', 'severity P3 only one customer', id)).toBe('inc-1 is now P3.');
  expect(last(id)).toMatchObject({ rule: 'changed-by-person', reason: 'only one customer' });
});

test.each(['severity', 'severity P5', 'severity high'])('%s leaves something to ask for', async (text) => {
  const { memory, type } = tryVerbs();
  expect(await type('U0JUN', text, await memory.alerted('Orders: down'))).toBeUndefined();
});

test('who may is set in muster.yaml, by role or name', async () => {
  const permissions = { ...defaultMuster().permissions, severity: ['ic', 'sora'] };
  const { memory, type, see } = tryVerbs({ muster: { ...configured(), permissions } });
  const id = await memory.alerted('Reports: slow', 'P2');
  expect(await type('U0MINJI', 'severity P1', id)).toContain('IC, Park Sora만 할 수 있는');
  expect(see(id).severity).toBe('P2');
  expect(await type('U0SORA', 'severity P1', id)).toBe('inc-1 is now P1.');
  expect(await type('U0GUEST', 'severity P2 x', id)).toContain('Guests');
});
