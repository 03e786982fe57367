import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('asks for the draft once, then links it and says how its review stands', async () => {
  const { memory, type, report } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'postmortem', id)).toContain('is asked for; the link appears on the card');
  expect(await type('U0JUN', 'pm', id)).toBe('The postmortem draft is asked for already.');
  const url = 'https://github.example/acme/pm/pull/7';
  await report(id, { type: 'RecordPullRequest', number: 7, url, branch: 'b', sha: 's' });
  expect(await type('U0JUN', 'postmortem', id)).toBe(`The postmortem: <${url}|#7> (in review)`);
  await report(id, { type: 'RecordReview', kind: 'approved', reviewer: 'sora' });
  expect(await type('U0MINJI', '포스트모템', id)).toBe(`포스트모템: <${url}|#7> (승인됨)`);
});
