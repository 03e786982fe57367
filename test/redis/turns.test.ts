import { expect, test } from 'vitest';
import { createTurns } from '../../src/redis/turns.ts';

/** Runs that end when they are told to; `started` says in which order they began. */
function stage() {
  const inTurn = createTurns();
  const started: string[] = [];
  const begin = (name: string, label: string) => {
    const held = Promise.withResolvers<string>();
    const done = inTurn(name, () => {
      started.push(label);
      return held.promise;
    });
    return { done, end: () => held.resolve(label), fail: () => held.reject(new Error(label)) };
  };
  return { begin, started };
}

const soon = () => new Promise((wake) => setImmediate(wake));

test('the same name runs one after the other, another name at once', async () => {
  const { begin, started } = stage();
  const [first, second, other] = [begin('a', 'first'), begin('a', 'second'), begin('b', 'other')];
  await soon();
  expect(started).toEqual(['first', 'other']);
  first.end();
  expect(await first.done).toBe('first');
  await soon();
  expect(started).toEqual(['first', 'other', 'second']);
  second.end();
  other.end();
  await Promise.all([second.done, other.done]);
});

test('a run that breaks tells its own caller, and the next one has its turn', async () => {
  const { begin, started } = stage();
  const [first, second] = [begin('a', 'first'), begin('a', 'second')];
  first.fail();
  await expect(first.done).rejects.toThrow('first');
  second.end();
  expect(await second.done).toBe('second');
  expect(started).toEqual(['first', 'second']);
});
