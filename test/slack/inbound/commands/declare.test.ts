import { expect, test } from 'vitest';
import { defaultMuster } from '../../../../src/config/muster-yaml.ts';
import { declare } from '../../../../src/slack/inbound/commands/declare.ts';
import { questionNames, severityQuestions } from '../../../../src/slack/inbound/severity-questions.ts';
import { tryVerbs } from '../ask.ts';
import { configured } from '../memory.ts';

test.each([
  ['declare P2 orders checkout fails', 'P2', 'orders', 'orders checkout fails'],
  ['declare p1 everything is down', 'P1', null, 'everything is down'],
  ['declare P4 constructor is odd', 'P4', null, 'constructor is odd'],
])('%s', async (text, severity, service, title) => {
  const { type, see, memory } = tryVerbs();
  const where =
    severity === 'P4'
      ? 'This severity opens no channel; `/incident list` shows it.'
      : 'Its channel follows in a moment.';
  expect(await type('U0JUN', text)).toBe(`Declared *${severity}* inc-1. ${where}`);
  expect(see(1)).toMatchObject({ severity, service, title, rule: 'declared-by-person', source: 'person' });
  expect(memory.of(1).events[0]!.by).toMatchObject({ person: 'jun' });
});

test.each(['declare', 'declare P1', 'declare checkout fails', `declare P1 ${'x'.repeat(151)}`])(
  '%s leaves something to ask for',
  async (text) => {
    const { type, memory } = tryVerbs();
    expect(await type('U0JUN', text)).toBeUndefined();
    expect(memory.incidents.size).toBe(0);
  },
);

test('the first question that is true makes the severity, in the order of the tree', () => {
  const made = questionNames.map((question) => severityQuestions[question]);
  expect(made).toEqual(['P1', 'P1', 'P2', 'P2', 'P3', 'P4']);
  for (const question of questionNames)
    expect(declare.input.safeParse({ title: 'x', question, service: null }).success).toBe(true);
});

test('who may declare is set in muster.yaml', async () => {
  const permissions = { ...defaultMuster().permissions, declare: ['minji'] };
  const { type, memory } = tryVerbs({ muster: { ...configured(), permissions } });
  expect(await type('U0JUN', 'declare P1 x')).toBe('Only Kim Minji may do this. Ask them.');
  expect(memory.incidents.size).toBe(0);
  expect(await type('U0MINJI', 'declare P1 x')).toContain('선언했습니다');
});
