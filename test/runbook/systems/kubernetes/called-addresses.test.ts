import { describe, expect, it } from 'vitest';
import {
  calledAddresses,
  environmentMaps,
} from '../../../../src/runbook/systems/kubernetes/called-addresses.ts';
import type { Container } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';

const read = (container: Partial<Container>, maps = {}) =>
  calledAddresses({ containers: [{ name: 'app', ...container }] }, maps).map(
    ({ host, port, source }) => `${source} ${host}:${port}`,
  );
const env = (value: string, name = 'TARGET') => ({ env: [{ name, value }] });

describe('calledAddresses', () => {
  it.each([
    ['http://payment', ['TARGET payment:80']],
    ['https://payment.shop.svc.cluster.local/charge?x=1', ['TARGET payment.shop.svc.cluster.local:443']],
    ['postgres://app:secret@db:5433/orders', ['TARGET db:5433']],
    ['jdbc:mysql://db/orders?useSSL=false', ['TARGET db:3306']],
    ['http://Payment:8080', ['TARGET payment:8080']],
    ['kafka-0:9092,kafka-1:9092', ['TARGET kafka-0:9092', 'TARGET kafka-1:9092']],
    ['payment.shop:8080', ['TARGET payment.shop:8080']],
    [
      '{"payment":"http://payment:8080","stock":"http://stock:8081"}',
      ['TARGET payment:8080', 'TARGET stock:8081'],
    ],
    ['shop/app:1', []],
    ['12:30', []],
    ['INFO', []],
    ['ratio: 4:3', []],
  ])('%s', (value, expected) => {
    expect(read(env(value))).toEqual(expected);
  });

  it('never repeats the password of a URL', () => {
    const spec = { containers: [{ name: 'app', ...env('http://app:hunter2@payment:8080/x') }] };
    expect(JSON.stringify(calledAddresses(spec, {}))).not.toContain('hunter2');
  });

  it('puts host and port together, and follows variables', () => {
    const pair = [
      { name: 'PAYMENT_HOST', value: 'payment' },
      { name: 'PAYMENT_PORT', value: '8080' },
      { name: 'STOCK_URL', value: 'http://$(PAYMENT_HOST):8081' },
    ];
    expect(read({ env: pair })).toEqual(['STOCK_URL payment:8081', 'PAYMENT_HOST payment:8080']);
  });

  it('reads command and arguments, and ConfigMaps, but no Secrets', () => {
    const container = {
      name: 'app',
      command: ['sh', '-c', 'curl -fsS http://payment:8080/charge && echo done'],
      env: [
        { name: 'A', valueFrom: { configMapKeyRef: { name: 'urls', key: 'stock' } } },
        { name: 'B', valueFrom: { secretKeyRef: { name: 'hidden', key: 'url' } } },
      ],
      envFrom: [{ configMapRef: { name: 'more' }, prefix: 'X_' }],
    };
    expect(environmentMaps({ containers: [container] })).toEqual(['urls', 'more']);
    const maps = {
      urls: { metadata: { name: 'urls' }, data: { stock: 'http://stock:1' } },
      more: { metadata: { name: 'more' }, data: { MAIL: 'mail:25' } },
    };
    expect(read(container, maps)).toEqual(['X_MAIL mail:25', 'A stock:1', 'arguments payment:8080']);
  });

  it('ends in time on a long text', () => {
    const begin = performance.now();
    read(env(`http://${'a-'.repeat(50_000)}:`));
    read(env('a.'.repeat(50_000)));
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
