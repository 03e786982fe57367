import { describe, expect, it } from 'vitest';
import { pickAlongside, pickRunbooks } from '../../../src/runbook/file/pick-runbooks.ts';
import { readRunbook } from '../../../src/runbook/file/read-runbook.ts';

const runbook = (name: string, match: string[], symptom = false) =>
  readRunbook(
    `${name}.yaml`,
    JSON.stringify({ name, title: name, match, symptom, steps: [{ id: 'a', uses: 'manual' }] }),
  ).runbook!;

const all = [
  runbook('redis', ['alertname=~"Redis.*"']),
  runbook('redis-orders', ['alertname=~"Redis.*"', 'service="orders"']),
  runbook('web', ['alertname="HighErrorRate"'], true),
  runbook('by-hand', []),
];

const pick = (labels: Record<string, string>[], serviceRunbook: string | null = null) =>
  pickRunbooks(all, { labels, serviceRunbook }).map(({ runbook, rule }) => `${runbook.name} ${rule}`);

describe('pickRunbooks', () => {
  it.each([
    ['nothing fits', [{ alertname: 'Disk' }], null, []],
    [
      'the more exact match goes first',
      [{ alertname: 'RedisDown', service: 'orders' }],
      null,
      ['redis-orders alert-matches', 'redis alert-matches'],
    ],
    [
      'all matchers must hold for one alert',
      [{ alertname: 'RedisDown' }, { service: 'orders' }],
      null,
      ['redis alert-matches'],
    ],
    [
      'a cause goes before the service',
      [{ alertname: 'RedisDown' }],
      'by-hand',
      ['redis alert-matches', 'by-hand service-entry'],
    ],
    [
      'the service goes before a symptom',
      [{ alertname: 'HighErrorRate' }],
      'redis',
      ['redis service-entry', 'web symptom-matches'],
    ],
    ['named and matching is listed once', [{ alertname: 'RedisDown' }], 'redis', ['redis alert-matches']],
    ['a declared incident has only its service', [], 'redis', ['redis service-entry']],
  ])('%s', (_, labels, service, expected) => expect(pick(labels, service)).toEqual(expected));
});

it('a runbook alongside never competes with the best one', () => {
  const beside = readRunbook(
    'metric.yaml',
    JSON.stringify({
      name: 'metric',
      title: 'Metric',
      match: ['alertname=~".+"'],
      alongside: true,
      steps: [{ id: 'a', uses: 'manual' }],
    }),
  ).runbook!;
  const labels = [{ alertname: 'RedisDown' }];
  expect(pickRunbooks([...all, beside], { labels, serviceRunbook: null })).toEqual(
    pickRunbooks(all, { labels, serviceRunbook: null }),
  );
  expect(pickAlongside([...all, beside], labels)).toEqual([{ runbook: beside, rule: 'alongside' }]);
  expect(pickAlongside([...all, beside], [])).toEqual([]);
});
