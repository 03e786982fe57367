/**
 * Moves labels apart vertically: each stays as near to where it wants to be as the least distance between two of them, and the
 * edges, allow. Answers in the order of the input.
 */
export function placeLabels(
  wanted: readonly number[],
  distance: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const order = wanted.map((y, index) => ({ y, index })).toSorted((a, b) => a.y - b.y || a.index - b.index);
  let edge = top;
  for (const one of order) {
    one.y = Math.max(one.y, edge);
    edge = one.y + distance;
  }
  edge = bottom;
  for (const one of order.toReversed()) {
    one.y = Math.min(one.y, edge);
    edge = one.y - distance;
  }
  return order.toSorted((a, b) => a.index - b.index).map(({ y }) => y);
}
