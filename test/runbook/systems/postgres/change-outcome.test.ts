import { expect, it } from 'vitest';
import { changeMessages } from '../../../../src/runbook/systems/postgres/change-messages.ts';
import { changeUnanswered } from '../../../../src/runbook/systems/postgres/change-outcome.ts';

it.each([
  ['a right is missing', 'denied', true, 'fail', 'the role needs REPLICATION'],
  ['the server refuses by itself', 'rejected', true, 'fail', 'refused (why)'],
  ['it was never reached', 'refused', false, 'fail', 'did not answer (why)'],
  ['it fell silent before anything was sent', 'silent', false, 'fail', 'did not answer (why)'],
  ['it fell silent afterwards', 'silent', true, 'unknown', 'may have been done'],
  ['the connection broke afterwards', 'broken', true, 'unknown', 'may have been done'],
] as const)('%s', (_, state, sent, verdict, sentence) => {
  const answer = { address: 'p:1', state, reason: 'why' };
  expect(changeUnanswered(answer, sent, 'REPLICATION', changeMessages('en'))).toMatchObject({
    verdict,
    sentence: expect.stringContaining(sentence),
  });
  expect(changeUnanswered(answer, sent, 'REPLICATION', changeMessages('ko')).sentence).toMatch(
    /[가-힣].*[.]$/,
  );
});
