import { expect, it } from 'vitest';
import { alertValues } from '../../../src/runbook/file/alert-values.ts';

const alert = (name: string, severity: 'P1' | 'P2', startsAt: number, generatorUrl?: string) => ({
  name,
  severity,
  startsAt,
  ...(generatorUrl && { generatorUrl }),
});

it('takes name, start and query of the worst and oldest alert', () => {
  const page = 'http://prometheus:9090/graph?g0.expr=rate%28errors%5B5m%5D%29+%3E+1&g0.tab=1';
  expect(
    alertValues([alert('Late', 'P1', 2000), alert('Minor', 'P2', 500), alert('First', 'P1', 1000, page)]),
  ).toEqual({ name: 'First', starts_at: '1970-01-01T00:00:01.000Z', query: 'rate(errors[5m]) > 1' });
});

it.each([
  ['no address', undefined],
  ['not an address', 'javascript'],
  ['another page than Prometheus’ own', 'https://grafana.example.com/alerting/1/view'],
])('has no query from %s', (_, generatorUrl) =>
  expect(alertValues([alert('A', 'P1', 0, generatorUrl)])).not.toHaveProperty('query'),
);

it('is empty without alerts', () => expect(alertValues([])).toEqual({}));
