import { expect, test } from 'vitest';
import { suggestedActions } from '../../src/postmortem/suggested-actions.ts';
import { incidentOf, opening, story } from './incident-example.ts';

test('the log asks for what failed in the response itself, each once', () => {
  expect(suggestedActions(story('en'))).toEqual([
    'Make the check “How slow are writes?” answer: it could not look during this incident',
    'Repair the paging path over pagerduty: a page over it failed',
  ]);
});

test('an incident without a runbook asks for one, in its language', () => {
  expect(suggestedActions(incidentOf([[0, opening({ language: 'ko' })]]))).toEqual([
    '이 장애의 런북 작성하기: 맞는 런북이 없었음',
  ]);
});

test('nobody on call and an unknown outcome are named', () => {
  const incident = incidentOf([
    [0, opening()],
    [1, { type: 'NobodyOnCall', round: 1, level: 2, rule: 'r' }],
    [2, { type: 'StepOutcomeUnknown', run: 'r', step: 'failover', attempt: 1, why: 'x' }],
  ]);
  expect(suggestedActions(incident).join('\n')).toMatch(/on-call schedule[\s\S]*“failover”/);
});
