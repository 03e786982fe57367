import { formatDuration } from '../../../kit/duration.ts';

/** Whole seconds, as servers give them, for people: `0s`, `45s`, `2h5m`. */
export const formatSeconds = (seconds: number): string =>
  seconds < 1 ? '0s' : formatDuration(seconds * 1000);
