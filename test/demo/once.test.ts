import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, test } from 'vitest';
import { Facts } from '../../src/demo/facts.ts';
import { findRedisServer } from '../../src/redis/embedded.ts';

const root = resolve(import.meta.dirname, '../..');
const program = findRedisServer(process.env.PATH ?? '');
const needs = program ? '' : ' (needs redis-server: sudo apt-get install redis-server redis-sentinel)';

/** On an idle machine the story takes half a minute. */
const patienceMs = 120_000;

type Ended = { code: number; out: string; err: string };

const privateFolder = (onTestFinished: (end: () => void) => void): string => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const leftIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('muster-'));

/** Runs node in the checkout, with a private folder for what the demo puts aside. */
const node = (folder: string, ...args: string[]): Promise<Ended> =>
  new Promise((ended) => {
    const env = { PATH: process.env.PATH, TMPDIR: folder, NODE_NO_WARNINGS: '1' };
    const child = execFile(
      process.execPath,
      args,
      { cwd: root, env, timeout: patienceMs },
      (_error, out, err) => ended({ code: child.exitCode ?? -1, out, err }),
    );
  });

describe.skipIf(!program).concurrent(`demo --once${needs}`, { timeout: patienceMs + 5000 }, () => {
  test('plays the story by facts that the committed schema accepts, and leaves nothing behind', async ({
    expect,
    onTestFinished,
  }) => {
    const folder = privateFolder(onTestFinished);
    const file = join(folder, 'facts.json');
    const { code, out, err } = await node(folder, 'src/main.ts', 'demo', '--once', '--json', file);
    expect({ code, err }, out).toEqual({ code: 0, err: '' });

    const facts = Facts.parse(JSON.parse(readFileSync(file, 'utf8')));
    const schema = JSON.parse(readFileSync(join(root, 'docs/demo-facts.schema.json'), 'utf8'));
    const ajv = new Ajv({ strict: true });
    expect(ajv.validate(schema, facts), ajv.errorsText()).toBe(true);

    expect(facts.failureObservedMs).toBeGreaterThan(0);
    expect(facts.channel.name).toBe('inc-1-orders-write-failing');
    expect(facts.pages.map(({ person }) => person)).toEqual(['minji']);
    expect(facts.roles.find(({ role }) => role === 'ic')).toMatchObject({ person: 'minji', accepted: true });
    expect(facts.steps.map(({ name, verdict }) => `${name} ${verdict}`).slice(-3)).toEqual([
      'sentinel fail',
      'failover pass',
      'failover-check pass',
    ]);
    expect(facts.resolution).toEqual({ rule: 'recovery-confirmed', by: 'minji' });
    expect(facts.pullRequest).toMatchObject({ branch: 'postmortem/inc-1', state: 'merged' });
    expect(out).toContain(facts.steps[0]?.sentence);
    expect(leftIn(folder)).toEqual([]);
  });

  test('exits 1 and says why when Slack refuses to let Muster open a channel', async ({
    expect,
    onTestFinished,
  }) => {
    const folder = privateFolder(onTestFinished);
    const play = `
      import { playOnce } from ${JSON.stringify(join(root, 'src/demo/once.ts'))};
      const common = { path: process.env.PATH, logLevel: 'silent', now: Date.now, watcher: true, json: undefined };
      process.exit(await playOnce({ ...common, withoutScopes: ['channels:manage'] }));`;
    const { code, err } = await node(folder, '--input-type=module', '--eval', play);
    expect(code, err).toBe(1);
    expect(err).toContain("Waited in vain for the incident's channel");
    expect(err).toContain('there is no channel of the incident in the workspace');
    expect(err).toContain('conversations.create: missing_scope');
    expect(leftIn(folder)).toEqual([]);
  });
});
