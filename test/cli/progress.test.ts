import { expect, it, vi } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

const screen = () => {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text), last: () => written.at(-1) };
};

it('says below the results what runs, and for how long', async () => {
  vi.useFakeTimers();
  const { written, last, ...out } = screen();
  const progress = createProgress(out, 40);
  let end = (): void => {};
  const work = progress.while('Sentinels', () => new Promise<void>((done) => (end = done)));
  expect(last()).toBe('\r\x1b[K  … Sentinels (0 s)');
  vi.advanceTimersByTime(2000);
  expect(last()).toBe('\r\x1b[K  … Sentinels (2 s)');
  progress.write('a result\n');
  expect(written.slice(-2)).toEqual(['a result\n', '\r\x1b[K  … Sentinels (2 s)']);
  end();
  await work;
  expect(last()).toBe('\r\x1b[K');
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('shows results only where there is no terminal, and nothing where machines read', async () => {
  const out = screen();
  const progress = createProgress(out, null);
  await progress.while('Sentinels', async () => progress.write('a result\n'));
  expect(out.written).toEqual(['a result\n']);
  const silent = createProgress(null, 40);
  await silent.while('Sentinels', async () => silent.write('a result\n'));
});

it('keeps still while a person types', async () => {
  const out = screen();
  const progress = createProgress(out, 40);
  await progress.while('Sentinels', () => progress.during(async () => expect(out.last()).toBe('\r\x1b[K')));
});
