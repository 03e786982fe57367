import { expect, it } from 'vitest';
import { readSchedule, type Schedule } from '../../../../src/runbook/systems/kubernetes/cron-schedule.ts';

const at = (text: string) => Date.parse(`2026-11-21T${text}Z`);
const read = async (schedule: string, zone?: string): Promise<Schedule> => {
  const found = await readSchedule(schedule, zone, at('00:00:00'));
  if ('error' in found) throw new Error(found.error);
  return found;
};

it.each([
  ['*/5 * * * *', undefined, '10:05:00', '10:00:00', 12],
  ['30 * * * *', undefined, '10:30:00', '09:30:00', 1],
  ['@hourly', undefined, '11:00:00', '10:00:00', 1],
  ['@every 30m', undefined, '10:30:00', '10:00:00', 2],
  ['0 19 * * *', 'Asia/Seoul', '10:00:00', '10:00:00', 1],
  ['TZ=Asia/Seoul 0 19 * * *', undefined, '10:00:00', '10:00:00', 1],
])('%s in %s: next, last and count', async (text, zone, next, last, count) => {
  const schedule = await read(text, zone);
  const found = schedule.next(at(next === last ? '09:59:00' : '10:00:30'));
  expect(new Date(found!).toISOString()).toContain(`T${next}`);
  expect(new Date(schedule.last(0, at('10:00:30'))!).toISOString()).toContain(`T${last}`);
  expect(schedule.count(at('09:00:00'), at('10:00:00'))).toBe(count);
});

it('has no last run before the start it is asked from, and counts no run twice', async () => {
  const schedule = await read('*/5 * * * *');
  expect(schedule.last(at('10:00:01'), at('10:04:59'))).toBeNull();
  expect(schedule.last(at('10:00:00'), at('10:00:00'))).toBe(at('10:00:00'));
  expect(schedule.count(at('10:00:00'), at('10:05:00'))).toBe(1);
});

it('is never due on a day that no month has', async () => {
  expect((await read('0 0 31 2 *')).next(at('00:00:00'))).toBeNull();
});

it.each(['61 * * * *', '* * * *', '* * * * * *', '@every soon', 'tomorrow'])(
  'cannot read %s',
  async (text) => {
    expect(await readSchedule(text, undefined, 0)).toEqual({ error: expect.any(String) });
  },
);

it('cannot read an unknown zone', async () => {
  const found = await readSchedule('* * * * *', 'Mars/Base', 0);
  expect('error' in found || (() => found.next(0))).toMatchObject({});
});
