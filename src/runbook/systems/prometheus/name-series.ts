type Labels = Record<string, string>;

/** Labels that name the metric or a histogram's bucket, not the thing that is measured. */
const hidden = new Set(['__name__', 'le', 'quantile']);

/**
 * Short names for series: the values of those labels in which they differ, or all values where there is only one. A series
 * without labels has the name that is given.
 */
export function nameSeries(series: readonly Labels[], otherwise: string): string[] {
  const keys = [...new Set(series.flatMap(Object.keys))].filter((key) => !hidden.has(key)).sort();
  const differing = keys.filter((key) => new Set(series.map((labels) => labels[key])).size > 1);
  const shown = differing.length > 0 ? differing : keys;
  return series.map(
    (labels) =>
      shown
        .map((key) => labels[key])
        .filter(Boolean)
        .join(' · ') || otherwise,
  );
}
