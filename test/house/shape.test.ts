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

const entry = /from '\.\/([\w-]+)\/([\w-]+)\.ts'/g;
const catalogues = sources
  .filter((file) => file.startsWith('src') && basename(file) === 'registry.ts')
  .flatMap((registry) => {
    const imported = [...readFileSync(registry, 'utf8').matchAll(entry)];
    const folders = [...new Set(imported.map(([, folder]) => folder!))];
    return folders.map((folder) => ({
      folder: join(dirname(registry), folder),
      listed: imported.filter(([, of]) => of === folder).map(([, , name]) => name!),
    }));
  });

test.each(catalogues)(
  'the catalogue $folder lists every entry, and each has a test',
  ({ folder, listed }) => {
    expect(listed.sort()).toEqual(
      readdirSync(folder)
        .map((file) => file.replace('.ts', ''))
        .sort(),
    );
    const tests = join('test', folder.slice('src/'.length));
    const shared = existsSync(`${tests}.test.ts`) ? readFileSync(`${tests}.test.ts`, 'utf8') : '';
    const tested = (name: string) =>
      existsSync(join(tests, `${name}.test.ts`)) || new RegExp(`\\b${name}\\b`).test(shared);
    expect(
      listed.filter((name) => !tested(name)),
      `entries without a test in ${tests}/ or ${tests}.test.ts`,
    ).toEqual([]);
  },
);
