import { describe, expect, it } from 'vitest';
import { kubernetesEndpoints } from '../../../src/runbook/steps/kubernetes-endpoints.ts';
import type { Service } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { startDnsServer } from '../../parts/dns-server.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates } from '../../parts/kubernetes-objects.ts';
import { letAnswer, putServed, refused, type Served, timedOut } from '../../parts/kubernetes-shop.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

const closed = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny-all' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

describe.skipIf(!hasKubernetes)(`kubernetes-endpoints on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  let namespace: string;

  const put = async (wanted: Omit<Served, 'name'> = {}) => {
    namespace = await kubernetes.part.namespace();
    await putServed(kubernetes.part, namespace, { name: 'orders', ...wanted });
    letAnswer(kubernetes.front, namespace, 'orders', () => ({ body: '{}' }));
  };
  const look = (more = {}, account: Account = 'reader') =>
    kubernetes.run(kubernetesEndpoints, account, { namespace, service: 'orders', path: '/healthz', ...more });

  it('passes a Service whose pods answer, in less than a second', async () => {
    await put();
    const report = await look();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { pods: 1, ready: 1, endpoints: 1 },
    });
    expect(report.ms).toBeLessThan(1000);
  });

  it('names the Services there are when one is missing', async () => {
    await put();
    const report = await look({ service: 'order' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'service-missing' });
    expect(report.sentence).toContain('(there: orders)');
  });

  it('names the port that is missing', async () => {
    await put();
    expect(await look({ port: 8080 })).toMatchObject({ verdict: 'fail', cause: 'service-port-missing' });
    expect(await look({ port: 'http' })).toMatchObject({ verdict: 'pass' });
  });

  it('tells a wrong selector from a workload that is gone', async () => {
    await put({ selector: { app: 'orders-api' } });
    const wrong = await look();
    expect(wrong).toMatchObject({ verdict: 'fail', cause: 'service-selector-matches-no-pod' });
    expect(wrong.sentence).toContain(
      '(app=orders-api) matches no pod; the nearest, orders-v2-0, says app=orders',
    );
    await put({ pods: [] });
    const idle = await look();
    expect(idle).toMatchObject({ verdict: 'fail', cause: 'service-has-no-pod' });
    expect(idle.sentence).toContain('because Deployment orders is scaled to 0');
  });

  it('finds a target port where the pod refuses connections', async () => {
    await put({ port: { name: 'http', port: 80, targetPort: 8081 } });
    kubernetes.front.answer(`${namespace}/pods/orders-v2-0:8081`, () => refused('10.244.0.5:8081'));
    const report = await look();
    expect(report).toMatchObject({ verdict: 'fail', cause: 'service-target-port-wrong' });
    expect(report.sentence).toContain('leads to port 8081');
    expect(report.sentence).toContain('declare 8080');
  });

  it('leaves an undeclared port alone where somebody listens, and warns where it may not ask', async () => {
    await put({ port: { port: 80, targetPort: 9090 } });
    kubernetes.front.answer(`${namespace}/pods/orders-v2-0:9090`, () => ({ body: 'ok' }));
    expect(await look()).toMatchObject({ verdict: 'pass' });
    const unasked = await look({}, 'restarter');
    expect(unasked).toMatchObject({ verdict: 'warn' });
    expect(JSON.stringify(unasked.evidence)).toContain('get pods/proxy');
  });

  it('finds a target port by a name that no container has', async () => {
    await put({ port: { name: 'http', port: 80, targetPort: 'web' } });
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'service-target-port-unknown' });
  });

  it('says that no pod is ready, and warns when only some are not', async () => {
    await put({ pods: [podStates.crashing(), podStates.notReady()] });
    const none = await look();
    expect(none).toMatchObject({ verdict: 'fail', cause: 'service-has-no-ready-pod' });
    expect(none.sentence).toContain('CrashLoopBackOff');
    await put({ pods: [podStates.ready(), podStates.notReady()] });
    expect(await look()).toMatchObject({ verdict: 'warn' });
  });

  it('blames a network policy only where the pod cannot be reached', async () => {
    await put();
    await kubernetes.part.put(namespace, closed);
    expect(await look()).toMatchObject({ verdict: 'pass' });
    letAnswer(kubernetes.front, namespace, 'orders', () => timedOut('10.244.0.5:8080'));
    const cut = await look();
    expect(cut).toMatchObject({ verdict: 'fail', cause: 'network-policy-closes-port' });
    expect(cut.sentence).toContain('Network policy deny-all admits nobody to port 8080 of orders-v2-0');
    expect(await look({ path: undefined })).toMatchObject({ verdict: 'warn' });
  });

  it('does not take silence for a fault, but a refused connection for one', async () => {
    await put();
    letAnswer(kubernetes.front, namespace, 'orders', () => timedOut('10.244.0.5:8080'));
    expect(await look()).toMatchObject({ verdict: 'unknown' });
    letAnswer(kubernetes.front, namespace, 'orders', () => refused('10.244.0.5:8080'));
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'pod-port-refused' });
  });

  it('asks the name servers of the cluster, and believes only one that knows the cluster', async () => {
    await put();
    const found = await kubernetes.part.admin.get<Service>(`/api/v1/namespaces/${namespace}/services/orders`);
    const own = `orders.${namespace}.svc.cluster.local`;
    const server = await startDnsServer({ 'kubernetes.default.svc.cluster.local': ['10.0.0.1'] });
    const ask = () => look({ resolvers: [server.address] });
    expect(await ask()).toMatchObject({ verdict: 'fail', cause: 'service-name-does-not-resolve' });
    server.records.set(own, ['10.0.0.99']);
    expect(await ask()).toMatchObject({ verdict: 'fail', cause: 'service-name-wrong-address' });
    server.records.set(own, [found.spec.clusterIP!]);
    expect(await ask()).toMatchObject({ verdict: 'pass' });
    server.records.clear();
    expect(await ask()).toMatchObject({ verdict: 'unknown' });
    await server.stop();
  });

  it('names the grant that an account lacks', async () => {
    await put();
    const report = await look({}, 'nobody');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toMatch(/(get services|list) .*in namespace/);
  });
});
