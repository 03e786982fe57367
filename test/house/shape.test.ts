import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const longest = 250; // lines
const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const sources = [...files('src'), ...files('test')].filter((file) => /\.(ts|js)$/.test(file));

test(`no source file is longer than ${longest} lines`, () => {
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length - 1;
  expect(sources.filter((file) => lines(file) > longest).map((file) => `${file}: ${lines(file)}`)).toEqual(
    [],
  );
});

test('files are named in kebab-case, and after what they hold', () => {
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|js)$/;
  const drawers = /(^|-)(utils?|helpers?|common|managers?|services?|misc)\b/;
  const name = (file: string) => basename(file);
  expect(sources.filter((file) => !kebab.test(name(file)) || drawers.test(name(file)))).toEqual([]);
});

const registries = sources.filter((file) => file.startsWith('src') && basename(file) === 'registry.ts');

test.each(registries)('%s lists every entry of its catalogue, and each entry has a test', (registry) => {
  const text = readFileSync(registry, 'utf8');
  const entries = [...text.matchAll(/from '\.\/([\w-]+)\/([\w-]+)\.ts'/g)].map(([, folder, entry]) => ({
    folder,
    entry,
  }));
  expect(entries).not.toEqual([]);
  for (const folder of new Set(entries.map((entry) => entry.folder!))) {
    const here = join(dirname(registry), folder);
    const listed = entries.filter((entry) => entry.folder === folder).map(({ entry }) => `${entry}.ts`);
    expect(listed.sort(), `${registry} against ${here}`).toEqual(readdirSync(here).sort());
    const tested = (file: string) =>
      existsSync(join('test', here.slice('src/'.length), file.replace('.ts', '.test.ts')));
    expect(
      listed.filter((file) => !tested(file)),
      `entries of ${here} without a test`,
    ).toEqual([]);
  }
});
