import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectKube, type Kube } from '../../../../src/runbook/systems/kubernetes/kube.ts';
import { KubeCluster } from '../../../../src/runbook/systems/kubernetes/kube-input.ts';
import type { ConfigMap } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { type KubeletFront, startKubeletFront } from '../../../parts/kubelet-front.ts';
import {
  type Account,
  hasKubernetes,
  type KubernetesPart,
  kubernetesMissing,
  startKubernetes,
} from '../../../parts/kubernetes.ts';
import { freePort } from '../../../parts/redis-node.ts';

describe.skipIf(!hasKubernetes)(`the Kubernetes client on a real API server (${kubernetesMissing})`, () => {
  let part: KubernetesPart;
  let front: KubeletFront;
  let folder: string;
  const open: Kube[] = [];
  beforeAll(async () => {
    part = await startKubernetes();
    front = await startKubeletFront(part);
    folder = mkdtempSync(join(tmpdir(), 'muster-kube-'));
  }, 90_000);
  afterAll(async () => {
    for (const kube of open) await kube.close();
    rmSync(folder, { recursive: true, force: true });
    await front.stop();
    await part.stop();
  }, 30_000);

  afterEach(() => vi.unstubAllEnvs());

  const connect = async (cluster: object, token = '', patience = 3000) => {
    const signal = AbortSignal.timeout(20_000);
    const kube = await connectKube({
      cluster: KubeCluster.parse(cluster),
      patience,
      signal,
      secret: () => token,
    });
    open.push(kube);
    return kube;
  };
  const as = (account: Account) => connect(front.cluster, `${account}-token`);

  it('reads a collection page by page', async () => {
    const namespace = await part.namespace();
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    for (const index of Array(5).keys()) {
      const metadata = { name: `part-${index}` };
      await part.put(namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} });
    }
    const found = await (await as('reader')).list<ConfigMap>(path, { limit: 2 });
    expect(found.map(({ metadata }) => metadata.name)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `part-${index}`),
    );
  });

  it('names the grant that is missing', async () => {
    const nobody = await as('nobody');
    await expect(nobody.list('/apis/apps/v1/namespaces/default/deployments')).rejects.toMatchObject({
      code: 'kube-forbidden',
      value: 'list deployments.apps in namespace default',
    });
    const reader = await as('reader');
    await expect(
      reader.patch('/api/v1/namespaces/default/configmaps/kube-root-ca.crt', {}, 'merge'),
    ).rejects.toMatchObject({
      code: 'kube-forbidden',
      value: 'patch configmaps in namespace default',
    });
  });

  it.each([
    [
      'a wrong token',
      'kube-unauthorised',
      async () => (await connect(part.cluster, 'wrong')).get('/api/v1/pods'),
    ],
    [
      'no such object',
      'kube-not-found',
      async () => (await as('reader')).get('/api/v1/namespaces/default/pods/a'),
    ],
    [
      'an unknown certificate',
      'kube-tls',
      async () => (await connect({ api: part.api }, 'admin-token')).get('/readyz'),
    ],
    [
      'nobody listens',
      'kube-unreachable',
      async () => (await connect({ api: `https://127.0.0.1:${await freePort()}` })).get('/readyz'),
    ],
    [
      'an invalid object',
      'kube-invalid',
      async () =>
        part.admin.create('/apis/batch/v1/namespaces/default/cronjobs', {
          metadata: { name: 'bad' },
          spec: {
            schedule: '61 * * * *',
            jobTemplate: {
              spec: {
                template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }] } },
              },
            },
          },
        }),
    ],
    [
      'an old resource version',
      'kube-conflict',
      async () => {
        const namespace = await part.namespace();
        const path = `/api/v1/namespaces/${namespace}/configmaps`;
        await part.put(namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
        return part.admin.patch(
          `${path}/a`,
          { metadata: { resourceVersion: '1' }, data: { a: 'b' } },
          'merge',
        );
      },
    ],
  ])('says %s as %s', async (_, code, ask) => {
    await expect(ask()).rejects.toMatchObject({ code });
  });

  it('ends in time when the API server is frozen', async () => {
    const kube = await connect(part.cluster, 'reader-token', 300);
    await kube.list('/api/v1/namespaces/default/pods');
    part.freeze();
    const begin = performance.now();
    await expect(kube.list('/api/v1/namespaces/default/pods')).rejects.toMatchObject({
      code: 'kube-timeout',
    });
    expect(performance.now() - begin).toBeLessThan(1500);
    part.thaw();
  });

  it('says that a worker outside any cluster has no account of a pod', async () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', undefined);
    await expect(connect({ api: 'in-cluster' })).rejects.toMatchObject({ code: 'kube-login' });
  });

  it('takes the way in from a kubeconfig: token, token file, and a plugin that is asked once', async () => {
    const plugin = join(folder, 'plugin.sh');
    const asked = join(folder, 'asked');
    const credential = JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: {
        token: 'reader-token',
        expirationTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
      },
    });
    writeFileSync(
      plugin,
      `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO$MUSTER_SECRET" >> ${asked}\necho '${credential}'\n`,
    );
    chmodSync(plugin, 0o700);
    writeFileSync(join(folder, 'token'), 'reader-token\n');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './plugin.sh',
      interactiveMode: 'Never',
    };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'token',
      clusters: [
        {
          name: 'shop',
          cluster: {
            server: part.api,
            'certificate-authority-data': readFileSync(part.ca).toString('base64'),
          },
        },
      ],
      users: [
        { name: 'token', user: { token: 'reader-token' } },
        { name: 'file', user: { tokenFile: 'token' } },
        { name: 'plugin', user: { exec } },
      ],
      contexts: ['token', 'file', 'plugin'].map((user) => ({
        name: user,
        context: { cluster: 'shop', user },
      })),
    };
    const kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, JSON.stringify(config));
    vi.stubEnv('MUSTER_SECRET', 'must not reach the plugin');
    for (const context of [undefined, 'file', 'plugin', 'plugin']) {
      const kube = await connect({ kubeconfig, ...(context && { context }) });
      expect(await kube.list('/api/v1/namespaces/default/services')).not.toHaveLength(0);
    }
    const calls = readFileSync(asked, 'utf8').trim().split('\n');
    expect(calls).toHaveLength(1);
    expect(JSON.parse(calls[0]!)).toMatchObject({ spec: { cluster: { server: part.api } } });
    await expect(connect({ kubeconfig, context: 'other' })).rejects.toMatchObject({
      code: 'kube-login',
      value: 'other',
    });
  });

  it('reads logs and proxied answers with their own refusals', async () => {
    const namespace = await part.namespace();
    const spec = { containers: [{ name: 'app', image: 'shop/app:1' }], nodeName: 'n1' };
    await part.put(namespace, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app-1' }, spec });
    const path = `/api/v1/namespaces/${namespace}`;
    const reader = await as('reader');
    await expect(reader.text(`${path}/pods/app-1/log`)).rejects.toMatchObject({ code: 'kube-bad-request' });
    front.log(`${namespace}/app-1/app`, 'one\ntwo\nthree\n');
    expect(await reader.text(`${path}/pods/app-1/log`, { tailLines: 2 })).toBe('two\nthree\n');
    await expect((await as('nobody')).text(`${path}/pods/app-1/log`)).rejects.toMatchObject({
      value: `get pods/log in namespace ${namespace}`,
    });

    front.answer(`${namespace}/pods/app-1:8080`, (method, asked) => ({
      status: 418,
      body: `${method} ${asked}`,
    }));
    expect(await reader.proxy(`${path}/pods/app-1:8080/proxy/healthz`)).toEqual({
      status: 418,
      text: 'GET /healthz',
    });
    await expect(
      reader.proxy(`${path}/pods/app-1:8080/proxy/healthz`, { method: 'POST', body: '{}' }),
    ).rejects.toMatchObject({ value: `create pods/proxy in namespace ${namespace}` });
  });
});
