import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { ownFolder, startMuster } from './muster.ts';

const program = createProgram({ env: {}, now: () => 0, ask: null, width: 80 }, () => {});
const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

it.each(all(program).map((command) => [pathOf(command), command] as const))(
  '%s --help says what it does and explains every option and argument',
  (_path, command) => {
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
    for (const argument of command.registeredArguments) {
      expect(argument.description, argument.name()).not.toBe('');
    }
    for (const line of command.helpInformation().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  },
);

it('tells the version of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(program.version()).toBe(version);
});

it('can be run as the program that package.json names', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  expect(statSync(bin.muster!).mode & 0o111).toBe(0o111);
  expect(readFileSync(bin.muster!, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

it('refuses an unknown command, and points to the help', async () => {
  const { code, err } = await startMuster(ownFolder(), ['incidents']).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/unknown command 'incidents'[\s\S]*incident[\s\S]*--help/);
});
