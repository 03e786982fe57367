import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = { version: string; resolved?: string; optionalDependencies?: Record<string, string> };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};

test('the lock file holds the optional packages of every platform, or `npm ci` refuses it', () => {
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${at}/node_modules/${name}`],
    ),
  );
  expect(missing, 'run: node scripts/complete-lock.ts').toEqual([]);
});

test('the lock file names no registry, so that it works with any mirror', () => {
  expect(Object.keys(packages).filter((name) => packages[name]!.resolved)).toEqual([]);
});
