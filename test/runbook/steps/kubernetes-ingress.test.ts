import { beforeAll, describe, expect, it } from 'vitest';
import { kubernetesIngress } from '../../../src/runbook/steps/kubernetes-ingress.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { putIngress, putService } from '../../parts/kubernetes-shop.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

const host = 'orders.example.com';

describe.skipIf(!hasKubernetes)(`kubernetes-ingress on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  let namespace: string;
  beforeAll(async () => {
    await kubernetes.part.admin.create('/apis/networking.k8s.io/v1/ingressclasses', {
      metadata: { name: 'nginx' },
      spec: { controller: 'k8s.io/ingress-nginx' },
    });
  });

  const put = async (wanted: Partial<Parameters<typeof putIngress>[2]> = {}) => {
    namespace = await kubernetes.part.namespace();
    const port = { name: 'http', port: 80, targetPort: 8080 };
    await putService(kubernetes.part, namespace, { name: 'orders', selector: { app: 'orders' }, port });
    await putIngress(kubernetes.part, namespace, {
      name: 'web',
      host,
      path: '/api',
      service: 'orders',
      port: 'http',
      ...wanted,
    });
  };
  const look = (more = {}, account: Account = 'reader') =>
    kubernetes.run(kubernetesIngress, account, { namespace, host, path: '/api/orders', ...more });

  it('passes a host and path that lead to a port that exists', async () => {
    await put();
    const report = await look();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { service: 'orders', port: 'http' },
    });
    expect(report.sentence).toBe(
      'Ingress web leads orders.example.com/api/orders to orders:http, and both ends exist.',
    );
    expect(report.ms).toBeLessThan(1000);
  });

  it('names the Service and the port that are missing', async () => {
    await put({ service: 'orders-api' });
    const service = await look();
    expect(service).toMatchObject({ verdict: 'fail', cause: 'ingress-service-missing' });
    expect(service.sentence).toContain('Service orders-api, which does not exist (there: orders)');
    await put({ port: 8080 });
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'ingress-port-missing' });
  });

  it('names hosts and paths that no rule takes, with those there are', async () => {
    await put();
    expect(await look({ host: 'shop.example.com' })).toMatchObject({ cause: 'ingress-host-missing' });
    const path = await look({ path: '/apis' });
    expect(path).toMatchObject({ verdict: 'fail', cause: 'ingress-path-missing' });
    expect(path.sentence).toContain('(paths there: /api)');
  });

  it('only warns about a broken route that was not asked for', async () => {
    await put();
    await putIngress(kubernetes.part, namespace, {
      name: 'old',
      host: 'old.example.com',
      path: '/',
      service: 'gone',
      port: 80,
    });
    expect(await look()).toMatchObject({ verdict: 'warn' });
    expect(await look({ host: '' })).toMatchObject({
      verdict: 'fail',
      cause: 'ingress-service-missing',
    });
    expect(await look({ ingress: 'web' })).toMatchObject({ verdict: 'pass' });
    expect(await look({ ingress: 'none' })).toMatchObject({ verdict: 'fail', cause: 'ingress-missing' });
  });

  it('names a class that does not exist', async () => {
    await put({ className: 'traefik' });
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'ingress-class-missing' });
  });

  it('sees whether the certificate is there only with the right to, and never fails without it', async () => {
    await put({ secret: 'orders-tls' });
    const blind = await look();
    expect(blind).toMatchObject({ verdict: 'pass' });
    expect(JSON.stringify(blind.evidence)).toContain('get secrets');
    expect(await look({}, 'certifier')).toMatchObject({
      verdict: 'fail',
      cause: 'ingress-tls-secret-missing',
    });
  });

  it('names the grant that an account lacks', async () => {
    await put();
    const report = await look({}, 'nobody');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toMatch(/list (services|ingresses\S*) in namespace/);
  });
});
