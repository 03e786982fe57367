import { describe, expect, it } from 'vitest';
import { isHost, routeFor, routesOf } from '../../../../src/runbook/systems/kubernetes/ingress-rules.ts';
import type { IngressView } from '../../../../src/runbook/systems/kubernetes/ingress-view.ts';
import { judgeIngress } from '../../../../src/runbook/systems/kubernetes/judge-ingress.ts';
import type { Ingress, Service } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';

const to = (name: string) => ({ service: { name, port: { number: 80 } } });
const rule = (host: string | undefined, path: string, service: string, pathType = 'Prefix') => ({
  ...(host && { host }),
  http: { paths: [{ path, pathType, backend: to(service) }] },
});
const ingress = (spec: Partial<Ingress['spec']>): Ingress => ({ metadata: { name: 'web' }, spec });
const service = (name: string): Service => ({ metadata: { name }, spec: { ports: [{ port: 80 }] } });
const view = (spec: Partial<Ingress['spec']>, more: Partial<IngressView> = {}): IngressView => ({
  namespace: 'shop',
  ingresses: [ingress({ ingressClassName: 'nginx', ...spec })],
  services: [service('a')],
  classes: [{ metadata: { name: 'nginx' } }],
  secrets: {},
  ...more,
});
const judge = (seen: IngressView, host = 'a.example.com', path = '/') =>
  judgeIngress(seen, { host, path }, 'en');

describe('the route of a request', () => {
  const routes = routesOf([
    ingress({
      rules: [
        rule('a.example.com', '/', 'root'),
        rule('a.example.com', '/api', 'api'),
        rule('a.example.com', '/api', 'exact', 'Exact'),
        rule('*.example.com', '/api/v2', 'wild'),
        rule(undefined, '/any', 'any'),
      ],
      defaultBackend: to('rest'),
    }),
  ]);

  it.each([
    ['a.example.com', '/x', 'root'],
    ['a.example.com', '/api', 'exact'],
    ['a.example.com', '/api/orders', 'api'],
    ['a.example.com', '/apis', 'root'],
    ['a.example.com', '/api/v2/x', 'api'],
    ['b.example.com', '/api/v2/x', 'wild'],
    ['b.example.com', '/api', 'rest'],
    ['x.b.example.com', '/api/v2', 'rest'],
    ['other', '/any/thing', 'any'],
  ])('%s%s goes to %s', (host, path, expected) => {
    expect(routeFor(routes, host, path)?.service).toBe(expected);
  });

  it('takes a wildcard for exactly one label', () => {
    expect([isHost('*.a', 'b.a'), isHost('*.a', 'a'), isHost('*.a', 'c.b.a')]).toEqual([true, false, false]);
  });
});

describe('what an Ingress is judged', () => {
  const fine = { rules: [rule('a.example.com', '/', 'a')] };

  it('passes one whose ends exist, and a namespace without any where no host is asked for', () => {
    expect(judge(view(fine)).verdict).toBe('pass');
    expect(judge(view(fine, { ingresses: [] }), '').verdict).toBe('pass');
  });

  it('warns where no class is named and none is the default, unless an annotation names one', () => {
    const classless = { ...fine, ingressClassName: undefined } as unknown as Ingress['spec'];
    expect(judge(view(classless)).verdict).toBe('warn');
    const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
    expect(judge(view(classless, { classes: [{ metadata: { name: 'nginx', annotations } }] })).verdict).toBe(
      'pass',
    );
    const old = ingress(classless);
    old.metadata.annotations = { 'kubernetes.io/ingress.class': 'nginx' };
    expect(judge(view(classless, { ingresses: [old] })).verdict).toBe('pass');
  });

  it('fails for the certificate of the host that was asked for, not of another', () => {
    const tls = [{ hosts: ['b.example.com'], secretName: 'b-tls' }];
    const secrets = { 'b-tls': false };
    expect(judge(view({ ...fine, tls }, { secrets })).verdict).toBe('pass');
    const own = [{ hosts: ['a.example.com'], secretName: 'b-tls' }];
    expect(judge(view({ ...fine, tls: own }, { secrets })).cause).toBe('ingress-tls-secret-missing');
  });

  it('leaves a backend that is no Service alone', () => {
    const resource = { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', backend: {} }] } }] };
    expect(judge(view(resource)).verdict).toBe('pass');
  });

  it('says the same in Korean', () => {
    const seen = view({ rules: [rule('a.example.com', '/', 'gone')] });
    const { sentence, cause } = judgeIngress(seen, { host: 'a.example.com', path: '/' }, 'ko');
    expect(cause).toBe('ingress-service-missing');
    expect(sentence).toContain('서비스(gone)로 보내는데 그런 서비스가 없어');
  });
});
