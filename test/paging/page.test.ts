import { expect, test } from 'vitest';
import { type PageSubject, pageKey, readPageKey } from '../../src/paging/page.ts';

const spot = { round: 2, level: 3, person: 'slack:U0A.B', pager: 'pagerduty' };

test.each<[PageSubject, string]>([
  [{ incident: 42 }, 'inc-42.r2.l3.slack:U0A.B.pagerduty'],
  [{ group: 'a="b"' }, 'group-YT0iYiI.r2.l3.slack:U0A.B.pagerduty'],
])('the key of %j says again what it is about', (subject, key) => {
  expect(pageKey(subject, spot)).toBe(key);
  expect(readPageKey(key)).toEqual({ subject, person: spot.person });
});

test('a key stays within PagerDuty`s 255 characters, and one that had to be cut names nothing', () => {
  const key = pageKey({ group: '가'.repeat(500) }, spot);
  expect(key.length).toBeLessThan(255);
  expect(pageKey({ group: '나'.repeat(500) }, spot)).not.toBe(key);
  expect(readPageKey(key)).toBeNull();
});

test.each(['', 'inc-42', 'inc-x.r1.l1.minji.slack', 'somebody else`s key', 'inc-42.r1.l1.slack'])(
  '%j is not ours',
  (key) => expect(readPageKey(key)).toBeNull(),
);
