import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freePort, hasBinary, hasRedis, redisMissing, stopped } from '../parts/redis-node.ts';
import { type App, startApp, waitFor } from './harness.ts';
import { pagesSeen } from './pages-seen.ts';

const program = ['prometheus-alertmanager', 'alertmanager'].find((name) => hasBinary(name, '--version'));
const missing = !hasRedis
  ? redisMissing
  : program === undefined
    ? 'needs prometheus-alertmanager (sudo apt-get install prometheus-alertmanager)'
    : null;

describe.skipIf(missing !== null)(
  `reconciliation with Alertmanager${missing ? `: ${missing}` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-alertmanager-'));
    let app: App;
    let url: string;
    let end: () => Promise<void>;
    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      const file = join(folder, 'alertmanager.yml');
      // Every webhook is lost: it goes to a port where nobody listens.
      const lost = { url: `http://127.0.0.1:${await freePort()}/`, send_resolved: true };
      const route = {
        receiver: 'muster',
        group_by: ['alertname', 'service'],
        group_wait: '0s',
        group_interval: '1s',
      };
      writeFileSync(file, stringify({ route, receivers: [{ name: 'muster', webhook_configs: [lost] }] }));
      const child = spawn(
        program as string,
        [
          `--config.file=${file}`,
          `--storage.path=${folder}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--cluster.listen-address=',
        ],
        { stdio: 'ignore' },
      );
      end = () => stopped(child);
      await waitFor('Alertmanager to be ready', async () => (await fetch(`${url}/-/ready`)).ok);
      app = await startApp({ env: { ALERTMANAGER_URL: url }, reconcileEveryMs: 300 });
    });
    afterAll(async () => {
      await app?.stop();
      await end?.();
      rmSync(folder, { recursive: true, force: true });
    });

    const tell = async (endsAt?: string): Promise<void> => {
      const labels = { alertname: 'LostOnTheWay', service: 'orders', severity: 'critical' };
      const body = JSON.stringify([
        { labels, annotations: { summary: 'Nobody heard of it' }, ...(endsAt && { endsAt }) },
      ]);
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body })).status).toBe(200);
    };

    test('a firing whose webhook was lost is found, opens its incident and pages; a lost resolve proposes recovery', async () => {
      await tell();
      const { state } = await app.untilIncident('the incident', (one) => one.state.paging.sent.length === 2);
      expect(state.alerts).toHaveLength(1);
      await app.rest();
      expect(await app.incidents()).toHaveLength(1);
      expect(pagesSeen(app, 'minji')).toHaveLength(2);

      await tell(new Date(Date.now() - 1000).toISOString());
      const { events } = await app.untilIncident('recovery', (one) => one.state.status.is === 'recovering');
      expect(events.find(({ type }) => type === 'AlertsResolved')?.by).toEqual({
        kind: 'muster',
        rule: 'absent-at-alertmanager',
      });
    });
  },
);
