import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { freePort, startChild, until } from './child.ts';

/** Where the alert of the demo comes from; the facts say which it was. */
export type Measuring = {
  source: 'prometheus' | 'watcher';
  /** True while no alert fires: only then can the next one be told from the last. */
  quiet: () => Promise<boolean>;
  stop: () => Promise<void>;
};

/** What both ways of measuring need. */
export type MeasuringOptions = {
  folder: string;
  /** `host:port` of the order writer's metrics. */
  target: string;
  webhookUrl: string;
  token: string;
};

const find = (path: string, name: string): string | null => {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
};

/** The programs, or null where they are not installed. Debian calls Alertmanager `prometheus-alertmanager`. */
export function findPrometheus(path: string): { prometheus: string; alertmanager: string } | null {
  const prometheus = find(path, 'prometheus');
  const alertmanager = find(path, 'prometheus-alertmanager') ?? find(path, 'alertmanager');
  return prometheus && alertmanager ? { prometheus, alertmanager } : null;
}

/** Starts a real Prometheus with the shipped rule (scrape 1 s) and a real Alertmanager that posts to Muster. */
export async function startPrometheus(
  programs: { prometheus: string; alertmanager: string },
  { folder, target, webhookUrl, token }: MeasuringOptions,
): Promise<Measuring> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  const rules = resolve(import.meta.dirname, '../../alert-rules/orders-demo.yaml');
  const write = (name: string, content: object): string => {
    const file = join(folder, name);
    writeFileSync(file, stringify(content), { mode: 0o600 });
    return file;
  };
  const prometheusFile = write('prometheus.yml', {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: [{ job_name: 'orders', static_configs: [{ targets: [target] }] }],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
  });
  const alertmanagerFile = write('alertmanager.yml', {
    route: { receiver: 'muster', group_by: ['alertname', 'service'], group_wait: '0s', group_interval: '1s' },
    receivers: [
      {
        name: 'muster',
        webhook_configs: [
          { url: webhookUrl, send_resolved: true, http_config: { authorization: { credentials: token } } },
        ],
      },
    ],
  });
  const alertmanager = startChild(
    programs.alertmanager,
    [
      `--config.file=${alertmanagerFile}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      '--cluster.listen-address=',
    ],
    folder,
  );
  const prometheus = startChild(
    programs.prometheus,
    [
      `--config.file=${prometheusFile}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
    ],
    folder,
  );
  const ready = (port: number) => async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  await until('Alertmanager', 20_000, ready(alertmanagerPort));
  await until('Prometheus', 20_000, ready(prometheusPort));
  return {
    source: 'prometheus',
    quiet: async () =>
      fetch(`http://127.0.0.1:${alertmanagerPort}/api/v2/alerts`)
        .then(async (answer) => ((await answer.json()) as unknown[]).length === 0)
        .catch(() => false),
    stop: async () => {
      await Promise.all([prometheus.stop(), alertmanager.stop()]);
    },
  };
}
