import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertConfig, type AlertGroup, createToGroups } from '../../src/alerts/group.ts';
import { parsePayload } from '../../src/alerts/payload.ts';
import { titleOf } from '../../src/alerts/title.ts';
import { loadMuster } from '../../src/config/muster-yaml.ts';
import { fixture, webhookFixtures } from './fixtures.ts';

const receivedAt = Date.parse('2026-11-21T13:00:00Z');

const config = (yaml: string): AlertConfig => {
  const loaded = loadMuster(yaml, 'muster.yaml');
  return 'muster' in loaded ? loaded.muster : expect.unreachable(JSON.stringify(loaded));
};

// biome-ignore lint/suspicious/noExplicitAny: tests bend recorded bodies in every direction
function groups(body: any, yaml = ''): AlertGroup[] {
  const parsed = parsePayload(structuredClone(body));
  if ('problem' in parsed) return expect.unreachable(parsed.problem);
  return createToGroups(config(yaml))(parsed.payload, receivedAt);
}
const sent = (name: string) => JSON.parse(fixture(name).toString());
const one = (name: string, yaml = ''): AlertGroup => {
  const all = groups(sent(name), yaml);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('createToGroups', () => {
  test.each(webhookFixtures)('loses no alert of %s', (name) => {
    const body = sent(name);
    const all = groups(body);
    const seen = all.flatMap((group) =>
      [...group.firing, ...group.resolved].map((alert) => alert.fingerprint),
    );
    expect(seen.sort()).toEqual(
      body.alerts.map((alert: { fingerprint: string }) => alert.fingerprint).sort(),
    );
  });

  test('describes a group: key, title, severity with its rule, links, times', () => {
    expect(one('single-firing-APIServerDown-P1')).toMatchObject({
      key: 'alertname="APIServerDown",instance="api-1:8080"',
      grouping: 'alertmanager-group: alertname, instance',
      title: 'API server down',
      service: 'api',
      severity: 'P1',
      rule: 'label-priority-P1',
      firing: [
        {
          fingerprint: '1017e443dbbc2add',
          name: 'APIServerDown',
          severity: 'P1',
          summary: 'API server api-1:8080 is down',
          runbookUrl: 'https://runbooks.example.com/APIServerDown',
          generatorUrl: 'http://prometheus.monitoring.svc:9090/graph?g0.expr=APIServerDown&g0.tab=1',
        },
      ],
      resolved: [],
      truncated: 0,
    });
  });

  test('a resolved alert carries the time at which it stopped', () => {
    const body = sent('single-resolved-APIServerDown-P1');
    const [group] = groups(body);
    expect(group?.firing).toEqual([]);
    expect(group?.resolved).toEqual([
      { fingerprint: '1017e443dbbc2add', at: Date.parse(body.alerts[0].endsAt) },
    ]);
  });

  test.each([
    [
      'two receivers',
      'continue-true-receiver-a-RedisSplitBrain-unicode-html',
      'continue-true-receiver-b-RedisSplitBrain-unicode-html',
    ],
    [
      'two Prometheus replicas with other startsAt',
      'ha-duplicate-different-startsAt-1',
      'ha-duplicate-different-startsAt-2',
    ],
    [
      'two Alertmanagers',
      'ha-no-mesh-duplicate-1-from-alertmanager-a',
      'ha-no-mesh-duplicate-2-from-alertmanager-b',
    ],
    [
      'a repeat',
      'repeat-step1-firing-RedisMasterDown',
      'repeat-step2-firing-RedisMasterDown-resent-after-repeat_interval',
    ],
  ])('%s say the same: equal key and digest', (_why, a, b) => {
    const [first, second] = [one(a), one(b)];
    expect([second.key, second.digest]).toEqual([first.key, first.digest]);
  });

  test('order, receiver, annotations and startsAt never matter; status, severity and alerts do', () => {
    const body = sent('grouped-firing-HighErrorRate-3-alerts');
    const base = groups(body)[0]!;
    const changed = groups({
      ...body,
      receiver: 'other',
      // biome-ignore lint/suspicious/noExplicitAny: recorded body
      alerts: body.alerts.toReversed().map((alert: any) => ({
        ...alert,
        annotations: { ...alert.annotations, summary: `now ${Math.PI}` },
        startsAt: '2026-11-21T12:59:00Z',
      })),
    })[0]!;
    expect([changed.key, changed.digest, changed.title, changed.rule]).toEqual([
      base.key,
      base.digest,
      base.title,
      base.rule,
    ]);
    const digest = (change: (alert: { status: string; fingerprint: string; labels: object }) => unknown) => {
      const copy = structuredClone(body);
      change(copy.alerts[1]);
      return groups(copy)[0]!.digest;
    };
    const news = [
      digest((alert) => Object.assign(alert, { status: 'resolved' })),
      digest((alert) => Object.assign(alert, { fingerprint: 'another' })),
      digest((alert) => Object.assign(alert.labels, { priority: 'P1' })),
    ];
    expect(new Set([base.digest, ...news]).size).toBe(4);
  });

  test('any order of alerts gives the same groups', () => {
    const body = sent('no-group_by-at-all-three-different-alertnames-in-one-notification');
    const facts = (alerts: unknown[]) =>
      groups({ ...body, alerts })
        .map((g) => [g.key, g.title, g.digest])
        .sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(body.alerts, { minLength: 3 }), (alerts) => {
        expect(facts(alerts)).toEqual(facts(body.alerts));
      }),
      { seed: 20260105, numRuns: 20 },
    );
  });

  test('which of equally severe alerts names the incident does not depend on their order', () => {
    const body = sent('no-group_by-at-all-three-different-alertnames-in-one-notification');
    for (const alert of body.alerts) alert.labels.priority = 'P1';
    const titles = [body.alerts, body.alerts.toReversed()].map((alerts) =>
      groups({ ...body, alerts }, 'grouping: { labels: [env] }').map((group) => group.title),
    );
    expect(titles).toEqual([['MySQL replication lag'], ['MySQL replication lag']]);
  });

  test('the worst firing alert counts, resolved ones do not', () => {
    const body = sent('grouped-firing-HighErrorRate-3-alerts');
    body.alerts[1].labels.priority = 'P1';
    expect(groups(body)[0]).toMatchObject({ severity: 'P1', rule: 'label-priority-P1' });
    body.alerts[1].status = 'resolved';
    expect(groups(body)[0]?.severity).toBe('P2');
  });

  test('says how many alerts were cut off', () => {
    expect(one('truncated-max_alerts-2-of-5-firing-DiskSpaceWarning').truncated).toBe(3);
  });

  test('an unreadable time is the time of receipt, an unsafe link is left out, a long summary is cut', () => {
    const body = sent('single-firing-APIServerDown-P1');
    Object.assign(body.alerts[0], { startsAt: 'soon', generatorURL: 'javascript:alert(1)' });
    Object.assign(body.alerts[0].annotations, { runbook_url: 'data:x', summary: 'x'.repeat(9000) });
    const alert = groups(body)[0]!.firing[0]!;
    expect(alert.startsAt).toBe(receivedAt);
    expect([alert.runbookUrl, alert.generatorUrl]).toEqual([undefined, undefined]);
    expect(alert.summary).toHaveLength(500);
  });
});

describe('the key', () => {
  test("Alertmanager's own group labels by default, sorted", () => {
    expect(one('truncated-max_alerts-2-of-5-firing-DiskSpaceWarning').key).toBe(
      'alertname="DiskSpaceWarning",service="node"',
    );
  });
  test('without group labels, alert name and service, so that one payload becomes several groups', () => {
    const all = groups(sent('no-group_by-at-all-three-different-alertnames-in-one-notification'));
    expect(all.map((group) => [group.key, group.grouping, group.severity])).toEqual([
      ['alertname="MySQLReplicationLag",service="mysql"', 'alertname-and-service', 'P3'],
      ['alertname="RedisMasterDown",service="redis"', 'alertname-and-service', 'P1'],
      ['alertname="StreamPendingBacklog",service="incident-bot"', 'alertname-and-service', 'P3'],
    ]);
  });
  test('configured labels come first, those of the service before all', () => {
    const name = 'grouped-firing-HighErrorRate-3-alerts';
    const service = sent(name).alerts[0].labels.service;
    expect(groups(sent(name), 'grouping: { labels: [instance] }')).toHaveLength(3);
    const own = one(name, `services: { ${service}: { key: [service] } }\ngrouping: { labels: [instance] }`);
    expect([own.key, own.grouping]).toEqual([`service="${service}"`, `service-key ${service}: service`]);
    expect(one(name, 'grouping: { labels: [tenant] }').grouping).toMatch(/^alertmanager-group/);
  });
  test('a value cannot imitate another key', () => {
    const body = sent('single-firing-APIServerDown-P1');
    body.groupLabels = { alertname: 'A",service="orders' };
    expect(groups(body)[0]?.key).toBe('alertname="A\\",service=\\"orders"');
  });
});

test.each([
  ['HighErrorRate', 'Orders', 'Orders: high error rate'],
  ['OrdersWriteFailing', 'Orders', 'Orders write failing'],
  ['OrderWriteFailing', 'Orders', 'Orders: order write failing'],
  ['APIServerDown', null, 'API server down'],
  ['MySQLReplicationLag', 'mysql', 'MySQL replication lag'],
  ['KubeCronJobFailed', null, 'Kube CronJob failed'],
  ['RedisMasterDown', 'redis', 'Redis master down'],
  ['p95_latency_high', null, 'P 95 latency high'],
  ['디스크 부족', null, '디스크 부족'],
  ['디스크부족', '주문', '주문: 디스크부족'],
  ['', null, 'Alert'],
])('%s of %s is titled %s', (name, service, title) => expect(titleOf(name, service)).toBe(title));
