import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('names the rule of severity, grouping, page, roles, runbook and end', async () => {
  const { memory, type, report } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  const level = {
    round: 1,
    level: 1,
    people: ['jun'],
    via: ['slack'],
    fallback: [],
    rule: 'policy P1, level 1',
  };
  await report(id, { type: 'StartLevel', level });
  await report(id, { type: 'ReportNobodyOnCall', round: 1, level: 2, rule: 'policy P1, level 2' });
  await type('U0SORA', 'role comms me', id);
  await type('U0JUN', 'runbook start redis-sentinel', id);
  await type('U0JUN', 'resolve done', id);
  expect((await type('U0JUN', 'why', id))!.split('\n')).toEqual([
    '*Why inc-1 is as it is*',
    '*Severity* P1: rule `label-severity-critical`, the label `severity` of the alert says so',
    '*Grouping* `alertname,service`',
    '*Page* level 1 → Lee Jun (rule `policy P1, level 1`); level 2 → nobody on call',
    '*IC* Lee Jun (rule `primary on call`)',
    '*Comms* Park Sora (rule `taken`, took it)',
    '*Runbook* Redis with Sentinel (rule `by-person`, a person said so)',
    '*State* rule `by-person`, a person said so',
  ]);
});

test('a question answered in the form, a severity that pages nobody, no runbook', async () => {
  const { memory, type, report } = tryVerbs();
  const opening = { title: 'x', severity: 'P4' as const, rule: 'question:less-than-that', service: null };
  const by = { kind: 'person' as const, person: 'jun', via: 'slack' as const };
  const { id } = await memory.declare({ ...opening, language: 'en', at: 0, by });
  await report(id, { type: 'RecordChannel', channel: 'C1', name: 'inc-1' });
  const text = await type('U0MINJI', '왜', id);
  expect(text).toContain('*묶음* `declaration`, 직접 선언한 인시던트라 따로 다룸');
  expect(text).toContain('*심각도* P4: 규칙 `question:less-than-that`, 해당 없음');
  expect(text).toContain('*호출* 하지 않음');
  expect(text).toContain('*런북* 해당하는 런북 없음');
});
