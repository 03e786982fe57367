import type { Answer } from './ask-postgres.ts';

/** The one node that takes writes, or why there is none that a change could be made on. */
export type Primary<T> = { address: string; value: T } | { refusal: 'none' | 'several'; nodes: string };

/** Finds the primary among the answers; several are a split brain, in which nothing is changed. Pure. */
export function findPrimary<T extends { inRecovery: boolean }>(answers: Answer<T>[]): Primary<T> {
  const found = answers.flatMap((one) => (one.state === 'answered' && !one.value.inRecovery ? [one] : []));
  if (found.length === 1) return { address: found[0]!.address, value: found[0]!.value };
  const shown = found.length === 0 ? answers : found;
  return {
    refusal: found.length === 0 ? 'none' : 'several',
    nodes: shown
      .map((one) => (one.state === 'answered' ? one.address : `${one.address} (${one.reason})`))
      .join(', '),
  };
}
