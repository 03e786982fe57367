import { beforeAll, describe, expect, it } from 'vitest';
import { kubernetesHttp } from '../../../src/runbook/steps/kubernetes-http.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { letAnswer, putService, refused, timedOut } from '../../parts/kubernetes-shop.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-http on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  let namespace: string;
  beforeAll(async () => {
    namespace = await kubernetes.part.namespace();
    const port = { name: 'http', port: 80, targetPort: 8080 };
    await putService(kubernetes.part, namespace, { name: 'query', selector: { app: 'query' }, port });
  });

  const answer = (body: string, status = 200) =>
    letAnswer(kubernetes.front, namespace, 'query', (_, path) =>
      path === '/api/orders' ? { status, body } : { status: 404, body: '' },
    );
  const look = (more = {}, account: Account = 'reader') =>
    kubernetes.run(kubernetesHttp, account, { namespace, service: 'query', path: '/api/orders', ...more });

  it('says what a client in the cluster would get', async () => {
    answer('{"orders": [1]}');
    const report = await look({ json: { path: '$.orders[0]', equals: 1 } });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { statuses: [200, 200] } });
    expect(report.sentence).toContain(`GET http://query.${namespace}:80/api/orders answers 200`);
    expect(report.ms).toBeLessThan(1000);
  });

  it('keeps server errors, intended 4xx and wrong bodies apart', async () => {
    answer('{"error": "down"}', 503);
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'http-5xx' });
    expect(await look({ path: '/none' })).toMatchObject({ verdict: 'fail', facts: { status: 404 } });
    expect(await look({ path: '/none', status: [404] })).toMatchObject({ verdict: 'pass' });
    answer('<html>');
    const wrong = { json: { path: '$.orders', equals: 1 } };
    expect(await look(wrong)).toMatchObject({ verdict: 'fail', cause: 'http-body-wrong' });
  });

  it('tells the API server’s own answers from the application’s', async () => {
    letAnswer(kubernetes.front, namespace, 'query', () => refused('10.244.0.5:8080'));
    expect(await look()).toMatchObject({ verdict: 'fail', cause: 'port-refused' });
    letAnswer(kubernetes.front, namespace, 'query', () => timedOut('10.244.0.5:8080'));
    expect(await look()).toMatchObject({ verdict: 'unknown' });
  });

  it('understands the real API server where nobody stands behind a Service, or there is none', async () => {
    const port = { name: 'http', port: 80, targetPort: 8080 };
    await putService(kubernetes.part, namespace, { name: 'empty', selector: { app: 'empty' }, port });
    await kubernetes.part.admin.create(`/api/v1/namespaces/${namespace}/endpoints`, {
      metadata: { name: 'empty' },
    });
    const empty = await look({ service: 'empty' });
    expect(empty, JSON.stringify(empty)).toMatchObject({ verdict: 'fail', cause: 'service-has-no-endpoint' });
    const none = await look({ service: 'none' });
    expect(none).toMatchObject({ verdict: 'unknown' });
    expect(none.sentence).toContain('services "none" not found');
  });

  it('does not call a Service empty whose endpoints people wrote by hand', async () => {
    const port = { name: 'http', port: 80, targetPort: 8080 };
    await putService(kubernetes.part, namespace, { name: 'legacy', selector: {}, port });
    await kubernetes.part.admin.create(`/api/v1/namespaces/${namespace}/endpoints`, {
      metadata: { name: 'legacy' },
    });
    await kubernetes.part.put(namespace, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'legacy-1', labels: { 'kubernetes.io/service-name': 'legacy' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.10'] }],
    });
    const report = await look({ service: 'legacy' });
    expect(report).toMatchObject({ verdict: 'unknown' });
    expect(report.sentence).toContain('no endpoints available for service');
  });

  it('names the grant that an account lacks', async () => {
    const report = await look({}, 'restarter');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('get services/proxy in namespace');
  });

  it.each(['/../../pods', '/%2e%2e/secrets', '/a b', 'api'])('refuses the path %s', async (path) => {
    expect(
      kubernetesHttp.input.safeParse({ cluster: kubernetes.part.cluster, service: 'query', path }).success,
    ).toBe(false);
  });
});
