import { describe, expect, it } from 'vitest';
import { checkCalls, nearest } from '../../../../src/runbook/systems/kubernetes/check-calls.ts';
import type { Service } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../../parts/kubernetes.ts';
import { putService } from '../../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../../parts/use-kubernetes.ts';

it.each([
  ['paymnt', 'payment'],
  ['payment', 'payment-api'],
  ['payments-api', 'payments'],
  ['stock', null],
])('nearest to %s: %s', (wrong, expected) => {
  const names = expected === null ? ['payment', 'mail'] : ['orders', expected, 'mail'];
  expect(nearest(wrong, names)).toBe(expected);
});

describe.skipIf(!hasKubernetes)(`checkCalls on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();

  it('tells what is in this cluster from what is outside', async () => {
    const { part } = kubernetes;
    const [shop, bank] = [await part.namespace(), await part.namespace()];
    const spec = { clusterIP: 'None', ports: [{ port: 5432 }] };
    await putService(part, shop, 'payment', 8080);
    await part.put<Service>(shop, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db' }, spec });
    const external = { type: 'ExternalName', externalName: 'mail.example.com' };
    await part.put<Service>(shop, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'mail' },
      spec: external,
    });
    await putService(part, bank, 'ledger', 80);
    await putService(part, shop, 'stock', 80, false);
    const states = async (...hosts: [string, number | null][]) => {
      const calls = hosts.map(([host, port]) => ({ host, port, source: 'URL', shown: `${host}:${port}` }));
      const checked = await checkCalls(part.admin, shop, calls);
      return checked.map(({ host, state }) => `${host} ${state}`);
    };
    expect(
      await states(
        ['payment', 8080],
        ['payment', 80],
        ['payment', null],
        ['stock', 80],
        ['db', 1],
        ['mail', 25],
        ['payments', 8080],
        [`ledger.${bank}`, 80],
        [`ledger.${bank}.svc.cluster.local`, 81],
        [`leger.${bank}`, 80],
        ['api.example.com', 443],
        ['example.com', 443],
        ['10.1.2.3', 80],
        ['localhost', 80],
      ),
    ).toEqual([
      'payment right',
      'payment no-port',
      'payment right',
      'stock no-endpoint',
      'db right',
      'mail right',
      'payments no-service',
      `ledger.${bank} right`,
      `ledger.${bank}.svc.cluster.local no-port`,
      `leger.${bank} no-service`,
      'api.example.com outside',
      'example.com outside',
      '10.1.2.3 outside',
      'localhost outside',
    ]);
  });
});
