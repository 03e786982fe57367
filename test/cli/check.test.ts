import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { muster, ownFolder } from './muster.ts';

const token = { ALERTMANAGER_TOKEN: 'example-token' };

/** A folder with a muster.yaml and runbooks that are wrong in every way this command knows. */
function broken(): string {
  const folder = ownFolder();
  mkdirSync(join(folder, 'runbooks'));
  writeFileSync(
    join(folder, 'muster.yaml'),
    'timezone: Nowhere\nlangauge: ko\nservices:\n  orders: { runbook: no-such }\n',
  );
  writeFileSync(
    join(folder, 'runbooks', 'a.yaml'),
    'name: a\ntitle: A\nsteps:\n  - { id: one, uses: nope, with: {} }\n',
  );
  return folder;
}

describe('muster check', () => {
  it('finds nothing wrong with the example, and counts what is in it', async () => {
    const { problems, summary } = await check({ ...token, MUSTER_CONFIG: 'deploy/muster.example.yaml' });
    expect(problems).toEqual([]);
    expect(summary).toMatch(
      /^deploy\/muster\.example\.yaml: 4 people, 1 service, 2 rotations, \d+ runbooks$/,
    );
  });

  it('warns of a P1 that hangs on one vendor, and that is no failure', async () => {
    const { code, out } = await muster(process.cwd(), ['check'], {
      ...token,
      MUSTER_CONFIG: 'deploy/muster.example.yaml',
      PAGER_WEBHOOK_SECRET: 'example-secret',
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^warning {2}The P1 policy depends on .* alone/m);
    expect(out).not.toContain('PAGER_WEBHOOK_SECRET');
  });

  it('counts no pager whose secret is not set, and names the secret', async () => {
    const { warnings } = await check({ ...token, MUSTER_CONFIG: 'deploy/muster.example.yaml' });
    expect(warnings).toEqual([
      'pagers.webhook needs the secret PAGER_WEBHOOK_SECRET, which is not set: it pages nobody.',
      'No pager of the P1 policy is configured: P1 pages nobody.',
      'No pager of the P2 policy is configured: P2 pages nobody.',
    ]);
  });

  it('names everything that is wrong at once, by file, line and column, from top to bottom', async () => {
    const folder = broken();
    const { code, out } = await muster(folder, ['check'], { PORT: 'many' });
    expect(code).toBe(1);
    const lines = out.split('\n').filter((line) => line.startsWith('problem'));
    expect(lines.join('\n')).toMatch(/PORT is no whole number: many/);
    expect(lines.join('\n')).toMatch(/ALERTMANAGER_TOKEN/);
    const places = lines.flatMap((line) => /(?:muster|a)\.yaml:\d+:\d+/.exec(line)?.[0] ?? []);
    expect(places).toEqual(['muster.yaml:1:11', 'muster.yaml:2:1', 'a.yaml:4:22']);
    expect(out).toMatch(/^5 to mend$/m);
  });

  it('warns of a parameter that a service does not give, and of a secret that nobody set', async () => {
    const folder = ownFolder();
    const params = '{ redis_nodes: [10.0.0.1:6379], redis_password: { secretRef: ORDERS_PASSWORD } }';
    writeFileSync(
      join(folder, 'muster.yaml'),
      `services:\n  orders: { runbook: redis-node, params: ${params} }\n  cart: { runbook: redis-node }\n`,
    );
    const { out } = await muster(folder, ['check', '--json'], token);
    const { warnings } = JSON.parse(out) as { warnings: string[] };
    expect(warnings).toContain('services.orders.params names the secret ORDERS_PASSWORD, which is not set.');
    expect(warnings).toContainEqual(
      expect.stringMatching(/^services\.cart\.params: runbook redis-node needs the parameter redis_nodes/),
    );
    expect(warnings.filter((one) => one.startsWith('services.orders'))).toHaveLength(1);
  });

  it('finds a runbook that a service names and nobody wrote', async () => {
    const folder = ownFolder();
    writeFileSync(join(folder, 'muster.yaml'), 'services:\n  orders: { runbook: no-such }\n');
    const { out } = await muster(folder, ['check', '--json'], token);
    expect(JSON.parse(out).problems).toEqual([
      expect.stringMatching(
        /muster\.yaml:2:22: services\.orders\.runbook: there is no runbook "no-such"; there are [a-z]/,
      ),
    ]);
  });

  it('says which file MUSTER_CONFIG names when it is not there', async () => {
    const { problems } = await check({ ...token, MUSTER_CONFIG: 'not-there.yaml' });
    expect(problems).toEqual(['not-there.yaml:1:1: cannot be read (ENOENT); MUSTER_CONFIG names it']);
  });
});

describe('muster serve', () => {
  it('does not start on a broken configuration, and names everything that is wrong', async () => {
    const { code, err } = await muster(broken(), ['serve'], { PORT: 'many' });
    expect(code).toBe(1);
    expect(err).toMatch(/^Muster does not start: 5 to mend\.\n/);
    expect(err.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(5);
  });

  it('refuses a part that there is none of', async () => {
    const { code, err } = await muster(ownFolder(), ['serve', '--only', 'worker,slack'], token);
    expect([code, err]).toEqual([
      2,
      '--only takes web, worker, or both separated by a comma; not "worker,slack"\n',
    ]);
  });
});
