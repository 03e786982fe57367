import type { Moment } from '../app/tap.ts';

const sides = ['before', 'after'] as const;

/** How often each call was made in every one of some clean runs: what merges differently at times counts as the least. */
function least(runs: readonly string[][]): Map<string, number> {
  const [first = [], ...others] = runs.map((calls) => {
    const counts = new Map<string, number>();
    for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1);
    return [...counts];
  });
  const rest = others.map((counts) => new Map(counts));
  return new Map(
    first.map(([call, count]) => [call, Math.min(count, ...rest.map((counts) => counts.get(call) ?? 0))]),
  );
}

/** Of what is called often, the last calls may merge into fewer another time. */
const sure = (count: number): number => (count > 3 ? Math.ceil(count * 0.7) : count);

const momentsOf = (counts: Map<string, number>): Moment[] =>
  [...counts].flatMap(([call, count]) =>
    Array.from({ length: sure(count) }, (_, index) =>
      sides.map((when) => ({ call, nth: index + 1, when })),
    ).flat(),
  );

const isOwn = ({ call }: Moment): boolean => call.startsWith('own-redis');

/** Every moment at which Muster talks to somebody else: Slack, GitHub, a pager, the Redis that a runbook repairs. */
export const everyMoment = (runs: readonly string[][]): Moment[] =>
  momentsOf(least(runs)).filter((moment) => !isOwn(moment));

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws moments: half of them between Muster and somebody else, half between Muster and its own Redis. */
export function drawMoments(runs: readonly string[][], count: number, seed: number): Moment[] {
  const dice = createDice(seed);
  const all = momentsOf(least(runs));
  const others = all.filter((moment) => !isOwn(moment));
  const own = all.filter(isOwn);
  const draw = (from: Moment[]): Moment | undefined => from.splice(Math.floor(dice() * from.length), 1)[0];
  return Array.from(
    { length: count },
    (_, index) => draw(index % 2 === 0 ? others : own) ?? draw(own),
  ).filter((moment) => moment !== undefined);
}
