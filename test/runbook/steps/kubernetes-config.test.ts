import { describe, expect, it } from 'vitest';
import { kubernetesConfig } from '../../../src/runbook/steps/kubernetes-config.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { putServed, type Served } from '../../parts/kubernetes-shop.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

const conf = [
  'server {',
  '  listen 8080;',
  '  location = /events/orders.json {',
  '    alias /usr/share/nginx/events/orders.json;',
  '  }',
  '  location /healthz { default_type application/json; return 200 \'{"up": true}\'; }',
  '}',
].join('\n');
const maps = { 'store-nginx': { 'default.conf': conf }, 'store-events': { 'orders.json': '[{"id": 1}]' } };
const mounts = [
  { map: 'store-nginx', path: '/etc/nginx/conf.d' },
  { map: 'store-events', path: '/usr/share/nginx/events' },
];

describe.skipIf(!hasKubernetes)(`kubernetes-config on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();

  const look = async (wanted: Omit<Served, 'name'>, account: Account = 'reader') => {
    const namespace = await kubernetes.part.namespace();
    await putServed(kubernetes.part, namespace, { name: 'store', ...wanted });
    return kubernetes.run(kubernetesConfig, account, {
      namespace,
      workload: 'store',
      files: ['/events/orders.json'],
    });
  };

  it('passes what parses and is mounted where it is read', async () => {
    const report = await look({ maps, mounts });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { configmaps: 2, problems: 0 } });
    expect(report.ms).toBeLessThan(1000);
  });

  it('names the line nginx would refuse', async () => {
    const broken = {
      ...maps,
      'store-nginx': { 'default.conf': conf.replace('orders.json;', 'orders.json') },
    };
    const report = await look({ maps: broken, mounts });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'nginx-config-broken' });
    expect(report.sentence).toContain(
      'store-nginx/default.conf (line 4, column 5: "alias" is not ended by ";")',
    );
  });

  it('finds a ConfigMap that is mounted where the alias does not point', async () => {
    const report = await look({
      maps,
      mounts: [mounts[0]!, { map: 'store-events', path: '/usr/share/nginx/html' }],
    });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'configmap-mounted-elsewhere' });
    expect(report.sentence).toContain(
      'store-events/orders.json is mounted as /usr/share/nginx/html/orders.json',
    );
  });

  it('finds a ConfigMap that does not exist', async () => {
    const report = await look({ maps: { 'store-nginx': maps['store-nginx'] }, mounts });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'configmap-missing' });
  });

  it('never repeats a value', async () => {
    const secret = { ...maps, 'store-events': { 'orders.json': '{"password": "hunter2" "x"}' } };
    const report = await look({ maps: secret, mounts });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'config-json-broken' });
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('names the grant that an account lacks', async () => {
    const report = await look({ maps, mounts }, 'nobody');
    expect(report).toMatchObject({ verdict: 'unknown', facts: { failure: 'kube-forbidden' } });
    expect(report.sentence).toContain('get deployments.apps in namespace');
  });
});
