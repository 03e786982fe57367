import { expect, test } from 'vitest';
import { actions, decodeAction, encodeAction } from '../../src/slack/actions.ts';

test('a click means what its button carried', () => {
  const value = encodeAction('approve-step', {
    incident: 42,
    run: 'redis@1',
    step: 'failover',
    hash: 'abc',
  });
  expect(decodeAction('approve-step', value)).toEqual({
    action: 'approve-step',
    incident: 42,
    run: 'redis@1',
    step: 'failover',
    hash: 'abc',
  });
});

test('a button that opens a link has no value and is still understood', () => {
  expect(decodeAction('open-runbook', undefined)).toEqual({ action: 'open-runbook' });
});

test.each([
  ['an action we do not have', 'drop-database', '{}'],
  ['a name every object has', 'constructor', '{}'],
  ['no value', 'acknowledge', undefined],
  ['no JSON', 'acknowledge', '42'],
  ['broken JSON', 'acknowledge', '{"incident":'],
  ['another value', 'acknowledge', '{"incident":"42"}'],
  ['more than we said', 'acknowledge', '{"incident":42,"as":"U1"}'],
])('%s is nothing', (_, id, value) => {
  expect(decodeAction(id, value)).toBeNull();
});

test('action ids fit Slack, and are ours to read', () => {
  expect(Object.keys(actions).filter((id) => !/^[a-z-]{1,60}$/.test(id))).toEqual([]);
});
