import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsTable } from '../../src/config/settings-table.ts';
import { verbs } from '../../src/slack/inbound/registry.ts';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...['docs', 'deploy', 'alert-rules', 'runbooks'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
];
const read = (path: string) => readFileSync(path, 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found!);

/** What a recipe lets its reader name: such a path is a pattern, and its folder has to be there. */
const named = (path: string) => (/NAME|\*/.test(path) ? dirname(path.replace(/NAME.*|\*.*/, 'x')) : path);

describe.each(pages)('%s', (page) => {
  test('every file that it names or links to is there', () => {
    const links = all(read(page), /\]\((?!https?:|#)([^)#]+)[^)]*\)/g).map((link) =>
      join(dirname(page), link),
    );
    const paths = all(
      read(page),
      /`((?:src|test|docs|deploy|runbooks|templates|scripts|alert-rules)\/[\w./*-]*)`/g,
    );
    expect([...links, ...paths.map(named)].filter((path) => !existsSync(path))).toEqual([]);
  });

  test('every npm script that it names exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const used = [
      ...all(read(page), /npm run (?:--silent )?([a-z:]+)/g),
      ...all(read(page), /npm (test|start)/g),
    ];
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('every setting that it names exists', () => {
    const used = all(read(page), /`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g).map((name) => name.replace(/_FILE$/, ''));
    const others = ['NODE_EXTRA_CA_CERTS', 'XAUTOCLAIM', 'NAME'];
    expect(used.filter((name) => !(name in settingsTable) && !others.includes(name))).toEqual([]);
  });
});

describe.each(['README.md', 'README.ko.md'])('%s', (page) => {
  test('has every verb of /incident in its table', () => {
    const rows = read(page)
      .split('\n')
      .filter((line) => /^\| `[a-z]+`/.test(line));
    const told = rows.flatMap((row) => all(row.split('|')[1]!, /`([a-z]+)`/g));
    expect(told.sort()).toEqual(verbs.map(({ name }) => name).sort());
  });
});

test('both READMEs show the same commands, configuration, links and sections', () => {
  const shape = (page: string) => {
    const text = read(page);
    const code = all(text, /```\w+\n([\s\S]*?)```/g).map((block) => block.replace(/ {2,}#.*| +$/gm, ''));
    const targets = all(text, /\]\(([^)]+)\)/g).filter((link) => !link.startsWith('README'));
    const codes = new Set(all(text, /`([^`\n]+)`/g));
    return {
      code,
      targets: targets.sort(),
      codes: [...codes].sort(),
      sections: all(text, /^(##+) /gm).length,
    };
  };
  expect(shape('README.ko.md')).toEqual(shape('README.md'));
});
