import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freeze } from './freeze.ts';
import { freePort, hasBinary, stopped, until } from './redis-node.ts';

/** True when this machine can start both; otherwise tests skip with `prometheusMissing` as the reason. */
export const hasPrometheus = ['prometheus', 'promtool', 'prometheus-alertmanager'].every((name) =>
  hasBinary(name, '--version'),
);
export const prometheusMissing =
  'needs Prometheus and Alertmanager (sudo apt-get install prometheus prometheus-alertmanager)';

/** A series of history: its value at a moment (epoch milliseconds), null where there is none. */
export type History = { name: string; labels?: Record<string, string>; value: (at: number) => number | null };

/** A server of a test's own on 127.0.0.1. `freeze` resolves once nothing answers any more. */
export type Part = { url: string; freeze: () => Promise<void>; thaw: () => void; stop: () => Promise<void> };

const stepMs = 5000;

/** The history as OpenMetrics text, a value every 5 s. */
function openMetrics(series: readonly History[], from: number, to: number): string {
  const lines = series
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ name, labels = {}, value }) => {
      const written = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
      return Array.from({ length: Math.floor((to - from) / stepMs) }, (_, index) => {
        const at = from + index * stepMs;
        const number = value(at);
        return number === null ? '' : `${name}{${written.join(',')}} ${number} ${at / 1000}\n`;
      });
    });
  return `${lines.join('')}# EOF\n`;
}

/**
 * Starts a Prometheus that already has this history, written straight into its storage: from 40 minutes ago to 10 minutes
 * ahead, so that "now" is covered for as long as a test runs. It scrapes nothing.
 */
export async function startPrometheus(series: readonly History[]): Promise<Part> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-prometheus-'));
  const storage = join(folder, 'data');
  const now = Math.floor(Date.now() / stepMs) * stepMs;
  const text = join(folder, 'history.txt');
  writeFileSync(text, openMetrics(series, now - 40 * 60_000, now + 10 * 60_000));
  execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', text, storage], { stdio: 'pipe' });
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, 'scrape_configs: []\n');
  return start('prometheus', folder, (port) => [
    `--config.file=${config}`,
    `--storage.tsdb.path=${storage}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ]);
}

/** An alert as Prometheus would send it. */
export type SentAlert = {
  labels: Record<string, string>;
  startsAt?: string;
  endsAt?: string;
  generatorURL?: string;
};

/** An Alertmanager of a test's own. `silence` is made by somebody else, for an hour. */
export type Alertmanager = Part & {
  fire: (alerts: SentAlert[]) => Promise<void>;
  silence: (labels: Record<string, string>, by: { owner: string; reason: string }) => Promise<void>;
};

/** An Alertmanager that notifies nobody, in which `severity="critical"` inhibits `severity="warning"` of the same service. */
export async function startAlertmanager(): Promise<Alertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-alertmanager-'));
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(
    config,
    stringify({
      route: { receiver: 'nobody' },
      receivers: [{ name: 'nobody' }],
      inhibit_rules: [
        {
          source_matchers: ['severity="critical"'],
          target_matchers: ['severity="warning"'],
          equal: ['service'],
        },
      ],
    }),
  );
  const part = await start('prometheus-alertmanager', folder, (port) => [
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ]);
  const post = async (path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${part.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    ...part,
    silence: async (labels, { owner, reason }) => {
      const now = Date.now();
      await post('/api/v2/silences', {
        matchers: Object.entries(labels).map(([name, value]) => ({
          name,
          value,
          isRegex: false,
          isEqual: true,
        })),
        startsAt: new Date(now).toISOString(),
        endsAt: new Date(now + 3_600_000).toISOString(),
        createdBy: owner,
        comment: reason,
      });
    },
    fire: async (alerts) => {
      await post('/api/v2/alerts', alerts);
      // The state of an alert is decided a moment after it was taken.
      await until('the alerts to be processed', async () => {
        const held = (await (await fetch(`${part.url}/api/v2/alerts`)).json()) as {
          status: { state: string };
        }[];
        return held.length >= alerts.length && held.every(({ status }) => status.state !== 'unprocessed');
      });
    },
  };
}

async function start(binary: string, folder: string, args: (port: number) => string[]): Promise<Part> {
  const port = await freePort();
  const child: ChildProcess = spawn(binary, args(port), { stdio: 'ignore' });
  const forget = () => rmSync(folder, { recursive: true, force: true });
  const onExit = () => {
    child.kill('SIGKILL');
    forget();
  };
  process.once('exit', onExit);
  const url = `http://127.0.0.1:${port}`;
  await until(`${binary} on ${port}`, async () => (await fetch(`${url}/-/ready`)).ok, 30_000);
  return {
    url,
    freeze: async () => freeze(child.pid!),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await stopped(child);
      process.removeListener('exit', onExit);
      forget();
    },
  };
}
