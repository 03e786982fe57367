import { expect, test } from 'vitest';
import { Failure } from '../../src/kit/failure.ts';
import { createSchedule, type Timer, type Turn } from '../../src/slack/schedule.ts';

/** A clock that moves only when told to, and runs what is due on the way. */
function movable() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const timer: Timer = {
    now: () => now,
    after: (ms, run) => {
      const entry = { at: now + ms, run };
      timers.push(entry);
      return () => {
        timers = timers.filter((other) => other !== entry);
      };
    },
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  async function move(ms: number): Promise<void> {
    const until = now + ms;
    for (;;) {
      await settled();
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((other) => other !== next);
      now = next.at;
      next.run();
    }
    now = until;
    await settled();
  }
  return { timer, move };
}

function scheduled(patienceMs = 60_000) {
  const { timer, move } = movable();
  const schedule = createSchedule({ timer, patienceMs });
  const done: string[] = [];
  const failed: Failure[] = [];
  const run = (name: string, turn: Turn, call: () => Promise<unknown> = async () => {}) => {
    schedule(turn, async () => {
      await call();
      done.push(name);
    }).catch((failure: Failure) => failed.push(failure));
  };
  const limited = (retryAfterMs?: number) =>
    new Failure({
      code: 'rate-limited',
      what: 'Slow down',
      remedy: 'Wait.',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  return { run, move, done, failed, limited };
}

const post = (channel: string, more: Partial<Turn> = {}): Turn => ({
  method: 'chat.postMessage',
  channel,
  ...more,
});

test('a channel takes a small burst, then one post a second, in order', async () => {
  const { run, move, done } = scheduled();
  for (let n = 1; n <= 6; n++) run(`post ${n}`, post('C1'));
  await move(0);
  expect(done).toEqual(['post 1', 'post 2', 'post 3']);
  await move(999);
  expect(done).toHaveLength(3);
  await move(1);
  expect(done).toHaveLength(4);
  await move(2000);
  expect(done).toEqual(['post 1', 'post 2', 'post 3', 'post 4', 'post 5', 'post 6']);
});

test('a busy channel does not hold up another', async () => {
  const { run, move, done } = scheduled();
  for (let n = 1; n <= 5; n++) run(`busy ${n}`, post('C1'));
  run('other', post('C2'));
  await move(0);
  expect(done).toContain('other');
});

test('a tier-2 method gets 20 calls a minute and none of them is dropped', async () => {
  const { run, move, done } = scheduled();
  for (let n = 1; n <= 30; n++) run(`${n}`, { method: 'pins.add' });
  await move(0);
  expect(done).toHaveLength(20);
  await move(29_999);
  expect(done).toHaveLength(29);
  await move(1);
  expect(done).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 1}`));
});

test('a page goes before what a person waits for, and that before the rooms', async () => {
  const { run, move, done } = scheduled();
  for (let n = 1; n <= 3; n++) run(`first ${n}`, post('C1'));
  run('room', post('C1'));
  run('person', post('C1', { priority: 'person' }));
  run('page', post('C1', { priority: 'page' }));
  await move(3000);
  expect(done.slice(3)).toEqual(['page', 'person', 'room']);
});

test('a 429 pauses its method, and the refused call keeps its place', async () => {
  const { run, move, done, limited } = scheduled();
  let refusals = 1;
  run('first', post('C1'), async () => {
    if (refusals-- > 0) throw limited(7000);
  });
  await move(0);
  run('second', post('C1'));
  run('elsewhere', post('C2'));
  run('another method', { method: 'chat.update', channel: 'C1' });
  await move(6999);
  expect(done).toEqual(['another method']);
  await move(1);
  expect(done).toEqual(['another method', 'first', 'second', 'elsewhere']);
});

test('a 429 without a wait pauses for a second', async () => {
  const { run, move, done, limited } = scheduled();
  let refusals = 1;
  run('only', post('C1'), async () => {
    if (refusals-- > 0) throw limited();
  });
  await move(999);
  expect(done).toEqual([]);
  await move(1);
  expect(done).toEqual(['only']);
});

test('who would wait too long is told how long', async () => {
  const { run, move, done, failed, limited } = scheduled(10_000);
  run('only', post('C1'), async () => {
    throw limited(30_000);
  });
  await move(0);
  expect(done).toEqual([]);
  expect(failed.map(({ code, retryAfterMs }) => ({ code, retryAfterMs }))).toEqual([
    { code: 'rate-limited', retryAfterMs: 30_000 },
  ]);
});

test('other failures pass through and pause nothing', async () => {
  const { run, move, done, failed } = scheduled();
  run('broken', post('C1'), async () => {
    throw new Failure({ code: 'timeout', what: 'Nothing', remedy: 'Wait.' });
  });
  run('next', post('C1'));
  await move(0);
  expect(failed.map(({ code }) => code)).toEqual(['timeout']);
  expect(done).toEqual(['next']);
});

test('what still waits when Muster stops is given back', async () => {
  const { run, move, done, failed } = scheduled();
  const stop = new AbortController();
  for (let n = 1; n <= 5; n++) run(`${n}`, post('C1', { signal: stop.signal }));
  await move(0);
  stop.abort();
  await move(60_000);
  expect(done).toEqual(['1', '2', '3']);
  expect(failed.map(({ code }) => code)).toEqual(['cancelled', 'cancelled']);
});
