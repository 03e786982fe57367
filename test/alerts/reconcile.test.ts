import { describe, expect, test } from 'vitest';
import { type ApiGroup, parseApiAnswer } from '../../src/alerts/alertmanager-api.ts';
import { createToGroups } from '../../src/alerts/group.ts';
import { parsePayload } from '../../src/alerts/payload.ts';
import { type OpenAlert, reconcile } from '../../src/alerts/reconcile.ts';
import { defaultMuster } from '../../src/config/muster-yaml.ts';
import { fixture } from './fixtures.ts';

const toGroups = createToGroups(defaultMuster());
const at = Date.parse('2026-11-21T13:00:00Z');
const grouped = parseApiAnswer(fixture('api-v2-alerts-groups').toString())!;
const plain = parseApiAnswer(fixture('api-v2-alerts-active-inhibited-silenced').toString())!;
const active = '1017e443dbbc2add';
const silenced = '360dc066a4919325';

const compare = (
  peers: ApiGroup[][],
  open: OpenAlert[],
  absences = new Map<string, number>(),
  receivers: string[] = [],
) => reconcile({ peers, open, absences, receivers, toGroups, at });

describe('parseApiAnswer', () => {
  test('reads both kinds of answer', () => {
    expect(grouped.find((group) => group.groupLabels.alertname === 'APIServerDown')?.alerts).toHaveLength(1);
    expect(plain.flatMap((group) => group.alerts)).toHaveLength(4);
    expect(parseApiAnswer('[]')).toEqual([]);
  });
  test.each(['', '{}', '<html>', '[{"labels":{}}]'])('%j is neither', (text) =>
    expect(parseApiAnswer(text)).toBeUndefined(),
  );
});

describe('reconcile', () => {
  test('an active alert that no incident has is ingested; silenced and inhibited ones are not', () => {
    for (const pulled of [grouped, plain]) {
      const { ingest, resolve } = compare([pulled], []);
      expect(ingest.flatMap((group) => group.firing.map((alert) => alert.fingerprint))).toEqual([active]);
      expect(resolve).toEqual([]);
    }
  });

  test('what it ingests has the key that the webhook gives', () => {
    const parsed = parsePayload(JSON.parse(fixture('bench-1-alerts-firing').toString()));
    if ('problem' in parsed) return expect.unreachable(parsed.problem);
    expect(compare([grouped], []).ingest[0]?.key).toBe(toGroups(parsed.payload, at)[0]?.key);
  });

  test('an alert that is already open is left alone, also when several peers hold it', () => {
    const open = [{ key: 'k', fingerprint: active }];
    expect(compare([grouped, grouped], open)).toEqual({ ingest: [], resolve: [], absences: new Map() });
    expect(compare([grouped, grouped], []).ingest).toHaveLength(1);
  });

  test('an open alert absent for two rounds is resolved, not earlier', () => {
    const open = [
      { key: 'k', fingerprint: 'gone1' },
      { key: 'k', fingerprint: 'gone2' },
      { key: 'm', fingerprint: silenced },
    ];
    const first = compare([grouped], open);
    expect(first.resolve).toEqual([]);
    expect(compare([grouped], open, new Map(first.absences)).resolve).toEqual([
      { key: 'k', fingerprints: ['gone1', 'gone2'] },
    ]);
  });

  test('one peer that still holds it is enough, and being seen again starts the count anew', () => {
    const open = [{ key: 'k', fingerprint: active }];
    const once = compare([[]], open);
    expect([...once.absences]).toEqual([[active, 1]]);
    const seen = compare([[], grouped], open, new Map(once.absences));
    expect(seen).toMatchObject({ resolve: [] });
    expect(seen.absences.size).toBe(0);
  });

  test('with no peer reachable nothing is concluded and nothing forgotten', () => {
    const absences = new Map([['gone', 1]]);
    expect(compare([], [{ key: 'k', fingerprint: 'gone' }], absences)).toEqual({
      ingest: [],
      resolve: [],
      absences,
    });
  });

  test('alerts of other receivers are not ours', () => {
    expect(compare([grouped], [], new Map(), ['muster']).ingest).toEqual([]);
    expect(compare([grouped], [], new Map(), ['r']).ingest).toHaveLength(1);
  });
});
