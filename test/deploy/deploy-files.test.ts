import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingsTable } from '../../src/config/settings-table.ts';

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8');
const dockerfile = read('Dockerfile');
const unit = read('muster.service');
const compose = parse(read('compose.yaml'));
const port = settingsTable.PORT.default;
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

const work = mkdtempSync(join(tmpdir(), 'muster-deploy-'));
afterAll(() => rmSync(work, { recursive: true }));

/** Skips, and says so, where the tool that must accept a file is missing. */
const has = (tool: string, debianPackage: string) => {
  const found = spawnSync(tool, ['--version']).error === undefined;
  if (!found)
    console.warn(
      `deploy: ${tool} (Debian package ${debianPackage}) is missing, so its file is not checked by it`,
    );
  return found;
};

describe('settings, ports and paths', () => {
  test('every setting that is set is one of ours, and every secret comes from a file', () => {
    const names = [
      ...Object.keys(compose.services.muster.environment),
      ...[...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) =>
        line!.split(' ').map((pair) => pair.split('=')[0]!),
      ),
      ...[...unit.matchAll(/^Environment=(.+)$/gm)].flatMap(([, line]) =>
        line!.split(' ').map((pair) => pair.split('=')[0]!),
      ),
    ].filter((name) => name !== 'NODE_ENV');
    const known = Object.entries(settingsTable).map(([name, { kind }]) =>
      kind === 'secret' ? `${name}_FILE` : name,
    );
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('all speak of the port that Muster listens on by default', () => {
    const ports = [
      parse(read('alertmanager.yml')).receivers[0].webhook_configs[0].url.match(/:(\d+)\//)[1],
      parse(read('prometheus.yml')).scrape_configs[0].static_configs[0].targets[0].split(':')[1],
      ...compose.services.muster.ports[0].split(':'),
      compose.services.muster.environment.PORT,
      dockerfile.match(/EXPOSE (\d+)/)![1],
      dockerfile.match(/PORT=(\d+)/)![1],
      dockerfile.match(/127\.0\.0\.1:(\d+)/)![1],
      unit.match(/PORT=(\d+)/)![1],
    ];
    expect(new Set(ports)).toEqual(new Set([port]));
  });

  test.each(['/webhooks/alertmanager', '/metrics', '/healthz'])(
    '%s is a path that the code answers',
    (path) => {
      expect(sources.includes(`'${path}'`)).toBe(true);
    },
  );
});

describe('Dockerfile and compose.yaml', () => {
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from]) => from!.split(' '));

  test('what is copied exists and passes .dockerignore, and the command can be run there', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    for (const path of copied) {
      expect(existsSync(path), path).toBe(true);
      expect(allowed, path).toContain(`!${path}`);
    }
    expect(copied).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', 'src', 'runbooks', 'templates']),
    );
    const command = JSON.parse(dockerfile.match(/^CMD (.+)$/m)![1]!) as string[];
    expect(command).toEqual(['node', 'src/main.ts', 'serve']);
    expect(existsSync(command[1]!)).toBe(true);
    expect(unit).toContain(`ExecStart=/bin/sh setup.sh --npm -- ${command.slice(1).join(' ')}\n`);
  });

  test('it is the Node that package.json asks for, and not root', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(`>=${dockerfile.match(/^FROM node:(\d+)-slim$/m)![1]}`).toBe(engines.node);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.lastIndexOf('CMD'));
  });

  test.each([
    [200, 0],
    [503, 1],
  ])('the health check sees %i and ends with %i', async (status, code) => {
    const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const [, ...args] = JSON.parse(dockerfile.match(/HEALTHCHECK .*\\\n\s+CMD (.+)/)![1]!) as string[];
    const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const check = spawn(
      process.execPath,
      args.map((arg) => arg.replace(`127.0.0.1:${port}`, here)),
    );
    expect(await once(check, 'exit')).toEqual([code, null]);
    server.close();
  });

  test('compose: the build, the secrets and the volumes are there, and Redis keeps what Muster has promised', () => {
    const { muster, redis } = compose.services;
    expect(existsSync(join('deploy', muster.build.context, muster.build.dockerfile))).toBe(true);
    expect(muster.secrets).toEqual(Object.keys(compose.secrets));
    for (const [name, value] of Object.entries<string>(muster.environment))
      if (name.endsWith('_FILE')) expect(muster.secrets).toContain(value.replace('/run/secrets/', ''));
    const volumes = [...muster.volumes, ...redis.volumes].map((line: string) => line.split(':')[0]!);
    expect(volumes.filter((name) => !name.startsWith('.'))).toEqual(Object.keys(compose.volumes));
    expect(redis.command.join(' ')).toContain(
      '--appendonly yes --appendfsync everysec --maxmemory-policy noeviction',
    );
    expect(muster.environment.REDIS_URL).toBe('redis://redis:6379');
  });
});

describe('accepted by the tools that will read them', () => {
  test.skipIf(!has('amtool', 'prometheus-alertmanager'))('alertmanager.yml', () => {
    const said = execFileSync('amtool', ['check-config', 'deploy/alertmanager.yml'], { encoding: 'utf8' });
    expect(said).toMatch(/SUCCESS/);
    const [muster] = parse(read('alertmanager.yml')).receivers[0].webhook_configs;
    expect(muster).toMatchObject({ send_resolved: true, http_config: { follow_redirects: false } });
    expect(muster).not.toHaveProperty('max_alerts');
  });

  test.skipIf(!has('promtool', 'prometheus'))('prometheus.yml, with the rules beside it', () => {
    cpSync('deploy/prometheus.yml', join(work, 'prometheus.yml'));
    cpSync('alert-rules', join(work, 'alert-rules'), { recursive: true });
    const said = execFileSync('promtool', ['check', 'config', join(work, 'prometheus.yml')], {
      encoding: 'utf8',
    });
    expect(said.match(/SUCCESS: \d+ rules found/g)).toHaveLength(
      parse(read('prometheus.yml')).rule_files.length,
    );
  });

  test.skipIf(!has('systemd-analyze', 'systemd'))('muster.service', () => {
    symlinkSync(process.cwd(), join(work, 'checkout'));
    writeFileSync(join(work, 'muster.service'), unit.replaceAll('/opt/muster', join(work, 'checkout')));
    const run = spawnSync('systemd-analyze', ['verify', join(work, 'muster.service')], { encoding: 'utf8' });
    expect(run.stderr).not.toContain('muster.service');
    expect(run.status).toBe(0);
  });
});

test('the README names every file, and what was never run', () => {
  const readme = read('README.md');
  expect(
    readdirSync('deploy').filter((name) => name !== 'README.md' && !readme.includes(`\`${name}\``)),
  ).toEqual([]);
  expect(readme).toContain('**Never run:**');
});
