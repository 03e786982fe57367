import { describe, expect, it } from 'vitest';
import type { ConfigView } from '../../../../src/runbook/systems/kubernetes/config-view.ts';
import { judgeConfig } from '../../../../src/runbook/systems/kubernetes/judge-config.ts';

type Container = ConfigView['pod']['containers'][number];

const conf = (...lines: string[]) => ['server {', ...lines, '}'].join('\n');
const view = (
  maps: ConfigView['maps'],
  mounts: Record<string, string>,
  more: { image?: string; container?: Partial<Container>; volumes?: ConfigView['pod']['volumes'] } = {},
): ConfigView => ({
  workload: 'Deployment store',
  maps,
  pod: {
    containers: [
      {
        name: 'app',
        image: more.image ?? 'nginx:1.27',
        volumeMounts: Object.entries(mounts).map(([name, mountPath]) => ({ name, mountPath })),
        ...more.container,
      },
    ],
    volumes: more.volumes ?? Object.keys(mounts).map((name) => ({ name, configMap: { name } })),
  },
});
const judge = (seen: ConfigView, files: string[] = []) => {
  const { verdict, cause, sentence } = judgeConfig(seen, files, 'en');
  return { verdict, ...(cause === undefined ? {} : { cause }), sentence };
};

describe('what a configuration is judged', () => {
  const alias = conf('  location /events/ { alias /data/events/; }');

  it('passes a healthy one, whose files are where alias and root point', () => {
    const maps = { nginx: { 'a.conf': alias }, events: { 'orders.json': '[]' } };
    const seen = view(maps, { nginx: '/etc/nginx/conf.d', events: '/data/events' });
    expect(judge(seen, ['/events/orders.json'])).toMatchObject({ verdict: 'pass' });
  });

  it('says where a file is that the server looks for elsewhere', () => {
    const maps = { nginx: { 'a.conf': alias }, events: { 'orders.json': '[]' } };
    const seen = view(maps, { nginx: '/etc/nginx/conf.d', events: '/data' });
    const found = judge(seen, ['/events/orders.json']);
    expect(found).toMatchObject({ verdict: 'fail', cause: 'configmap-mounted-elsewhere' });
    expect(found.sentence).toContain('reads /data/events/orders.json (nginx/a.conf:2)');
    expect(judge(seen, ['/events/other.json'])).toMatchObject({
      verdict: 'fail',
      cause: 'configmap-not-mounted',
    });
  });

  it('finds an alias to a file by itself, but not one that another line reads where it is', () => {
    const elsewhere = conf('  location = /x { alias /data/x.json; }');
    const mounts = { nginx: '/etc/nginx/conf.d', events: '/other' };
    const broken = view({ nginx: { 'a.conf': elsewhere }, events: { 'x.json': '1' } }, mounts);
    expect(judge(broken)).toMatchObject({ verdict: 'fail', cause: 'configmap-mounted-elsewhere' });
    const both = conf('  location = /x { alias /data/x.json; }', '  location /y/ { alias /other/; }');
    expect(judge(view({ nginx: { 'a.conf': both }, events: { 'x.json': '1' } }, mounts)).verdict).toBe(
      'pass',
    );
  });

  it('says nothing of what lies on a volume it cannot see into', () => {
    const mounts = { nginx: '/etc/nginx/conf.d', events: '/other', disk: '/data' };
    const volumes = [
      { name: 'nginx', configMap: { name: 'nginx' } },
      { name: 'events', configMap: { name: 'events' } },
      { name: 'disk' },
    ];
    const seen = view({ nginx: { 'a.conf': alias }, events: { 'orders.json': '[]' } }, mounts, { volumes });
    expect(judge(seen, ['/events/orders.json']).verdict).toBe('pass');
  });

  it('is unknown for a path that no location answers from a file', () => {
    const seen = view(
      { nginx: { 'a.conf': conf('  location / { return 200; }') } },
      { nginx: '/etc/nginx/conf.d' },
    );
    expect(judge(seen, ['/x'])).toMatchObject({ verdict: 'unknown' });
  });

  it('finds ConfigMaps and keys that are missing, and leaves optional ones alone', () => {
    const env = (optional: boolean) => ({
      env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode', optional } } }],
    });
    const settings = { settings: { other: '1' } };
    expect(judge(view(settings, {}, { container: env(false) }))).toEqual({
      verdict: 'fail',
      cause: 'configmap-key-missing',
      sentence:
        'ConfigMap settings has no key mode, which env MODE (app) asks for (it has: other); correct one of the two.',
    });
    expect(judge(view(settings, {}, { container: env(true) }))).toMatchObject({ verdict: 'pass' });
    const gone = judge(view({ settings: null }, {}, { container: env(false) }));
    expect(gone).toMatchObject({ verdict: 'fail', cause: 'configmap-missing' });
    expect(judge(view({ a: null }, { a: '/a' }))).toMatchObject({
      verdict: 'fail',
      cause: 'configmap-missing',
    });
    const subPath = { volumeMounts: [{ name: 'a', mountPath: '/a/x', subPath: 'x' }] };
    const volumes = [{ name: 'a', configMap: { name: 'a' } }];
    const empty = view({ a: { y: '1' } }, {}, { container: subPath, volumes });
    expect(judge(empty)).toMatchObject({ verdict: 'fail', cause: 'configmap-key-missing' });
    const there = view({ a: { x: '1' } }, {}, { container: subPath, volumes });
    expect(judge(there)).toMatchObject({ verdict: 'pass' });
  });

  it('judges JSON answers that stand in nginx itself, variables left open', () => {
    const answer = (text: string) =>
      view(
        {
          nginx: {
            'a.conf': conf('  default_type application/json;', `  location / { return 200 '${text}'; }`),
          },
        },
        { nginx: '/etc/nginx/conf.d' },
      );
    expect(judge(answer('{"id": $request_id}')).verdict).toBe('pass');
    expect(judge(answer('{"id": 1,}'))).toMatchObject({ verdict: 'fail', cause: 'config-json-broken' });
    expect(judge(answer('{"id": 1,}')).sentence).toContain('nginx/a.conf:3');
  });

  it('takes neither comments and templates for broken JSON, nor other software’s files for nginx’s', () => {
    expect(judge(view({ a: { 'x.json': '// why\n{}' } }, { a: '/a' })).verdict).toBe('warn');
    expect(judge(view({ a: { 'x.json': '{"a": {{ .Values.a }}}' } }, { a: '/a' })).verdict).toBe('warn');
    const hocon = view(
      { a: { 'application.conf': 'server {\n  port = 8080\n}' } },
      { a: '/app' },
      { image: 'shop/akka:1' },
    );
    expect(judge(hocon).verdict).toBe('pass');
  });
});
