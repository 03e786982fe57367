import type { LabelSelector } from './kube-objects.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether labels carry every pair of a plain selector, as a Service selects its pods. An empty selector matches everything. */
export const carries = (labels: Labels, pairs: Labels): boolean =>
  Object.entries(pairs).every(([key, value]) => labels[key] === value);

/** Whether a label selector chooses these labels (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/). */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    carries(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      return (operator === 'Exists') === (value !== undefined);
    })
  );
}

/** The labels that come nearest to a selector they do not match: most pairs in common, at least one of its keys; null when none does. */
export function nearest<T extends { metadata: { labels?: Labels } }>(
  pairs: Labels,
  among: readonly T[],
): T | null {
  const keys = Object.keys(pairs);
  const ranked = among
    .map((one) => {
      const labels = one.metadata.labels ?? {};
      const same = keys.filter((key) => labels[key] === pairs[key]).length;
      const near = keys.filter((key) => labels[key] !== undefined && alike(labels[key], pairs[key]!)).length;
      return { one, score: same + near };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.one ?? null;
}

/** One name begins with the other, or both have a word in common: `query` and `query-api`. */
const alike = (a: string, b: string) => {
  const words = new Set(a.split(/[-._]/));
  return (
    b.split(/[-._]/).some((word) => word.length > 2 && words.has(word)) || a.startsWith(b) || b.startsWith(a)
  );
};
