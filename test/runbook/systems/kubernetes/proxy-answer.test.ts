import { describe, expect, it } from 'vitest';
import { proxyPath, readProxy } from '../../../../src/runbook/systems/kubernetes/proxy-answer.ts';
import { ProxiedPath } from '../../../../src/runbook/systems/kubernetes/proxy-input.ts';

/** As kube-apiserver 1.33 answered, word for word. */
const said = (code: number, message: string) => ({
  status: code,
  text: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'ServiceUnavailable',
    code,
  }),
});

describe('what came through the proxy', () => {
  it.each([
    [
      said(503, 'error trying to reach service: dial tcp 10.244.0.5:1: connect: connection refused'),
      'closed',
    ],
    [said(503, 'error trying to reach service: dial tcp 10.244.0.5:1: i/o timeout'), 'silent'],
    [said(503, 'error trying to reach service: dial tcp 10.244.0.5:1: connect: no route to host'), 'silent'],
    [said(503, 'no endpoints available for service "s:http"'), 'no-endpoint'],
    [said(503, 'no service port 9999 found for service "s"'), 'other'],
    [said(503, 'error trying to reach service: EOF'), 'other'],
    [said(404, 'services "s" not found'), 'other'],
    [{ status: 503, text: '{"error":"no endpoints available"}' }, 'answered'],
    [{ status: 200, text: '' }, 'answered'],
  ])('%j is %s', (answer, is) => expect(readProxy(answer).is).toBe(is));
});

it('writes the paths of pods and Services, and of those that speak TLS', () => {
  const service = { kind: 'services' as const, name: 's', port: 'http' };
  expect(proxyPath('shop', service, '/a')).toBe('/api/v1/namespaces/shop/services/s:http/proxy/a');
  expect(proxyPath('shop', { ...service, scheme: 'https' }, '/')).toContain('/services/https:s:http/proxy/');
});

it.each([
  ['/a/b?c=d.e&f=1.2', true],
  ['/', true],
  ['/a..b', false],
  ['/%2E%2e/x', false],
  ['/.%2e/x', false],
  ['/a\\..', false],
  ['/a#b', false],
])('the path %s is allowed: %s', (path, allowed) =>
  expect(ProxiedPath.safeParse(path).success).toBe(allowed),
);
