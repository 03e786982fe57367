import { expect } from 'vitest';
import { loadMuster, type Muster } from '../../src/config/muster-yaml.ts';

/** A configuration for tests, read as operators write it. */
export function muster(yaml: string): Muster {
  const people = 'people: { minji: { name: M }, jun: { name: J }, sora: { name: S }, hana: { name: H } }\n';
  const loaded = loadMuster(people + yaml, 'muster.yaml');
  return 'muster' in loaded ? loaded.muster : expect.unreachable(JSON.stringify(loaded.problems));
}

/** Epoch milliseconds of a time with offset. */
export const at = (text: string): number => {
  const time = Date.parse(text);
  expect(time, text).not.toBeNaN();
  return time;
};
