/** The middle of what was measured, and its outer bounds. */
export type Spread = { median: number; min: number; max: number };

/**
 * The value below which a share `q` (0 to 1) of the values lies: the nearest rank, so it is always a value that was measured.
 * NaN when nothing was measured.
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The median (of an even number of values the mean of the middle two), the smallest and the largest. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  const median = ((sorted[low] ?? Number.NaN) + (sorted[high] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}
