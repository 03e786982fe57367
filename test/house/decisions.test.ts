import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const rows = readFileSync('DECISIONS.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const decided = rows.flatMap((row) =>
  [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
);
const installed = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

test('every dependency has a line that says what it is for, and every line a dependency', () => {
  const { dependencies, devDependencies, optionalDependencies } = installed;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(decided.sort()).toEqual(names.sort());
});

test('every version is exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = installed;
  const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
