import { describe, expect, test } from 'vitest';
import { parsePayload } from '../../src/alerts/payload.ts';
import { fixture, webhookFixtures } from './fixtures.ts';

const alert = { status: 'firing', labels: { alertname: 'A' }, fingerprint: 'f1' };
const body = (change: object) => ({ version: '4', alerts: [alert], groupLabels: {}, ...change });

describe('parsePayload', () => {
  test('there are fixtures', () => expect(webhookFixtures.length).toBeGreaterThan(30));

  test.each(webhookFixtures)('accepts %s with every alert', (name) => {
    const sent = JSON.parse(fixture(name).toString());
    const result = parsePayload(sent);
    expect(result).toHaveProperty('payload');
    if ('payload' in result) {
      expect(result.payload.alerts).toHaveLength(sent.alerts.length);
      expect(result.payload.groupLabels).toEqual(sent.groupLabels);
    }
  });

  test.each([
    ['a list', [], 'the body is no JSON object'],
    ['nothing', null, 'the body is no JSON object'],
    ['another version', body({ version: '3' }), 'version is "3", not "4"'],
    ['no version', body({ version: undefined }), 'version is missing, not "4"'],
    ['no alerts', body({ alerts: undefined }), 'alerts is no list'],
    ['an alert that is none', body({ alerts: [alert, 7] }), 'alerts[1] is no object'],
    [
      'an unknown status',
      body({ alerts: [{ ...alert, status: 'pending' }] }),
      'alerts[0].status is "pending", neither "firing" nor "resolved"',
    ],
    ['no fingerprint', body({ alerts: [{ ...alert, fingerprint: '' }] }), 'alerts[0].fingerprint is missing'],
    [
      'a label that is no text',
      body({ alerts: [{ ...alert, labels: { a: { b: 1 } } }] }),
      'alerts[0].labels.a is {"b":1}, no text',
    ],
    ['no labels', body({ alerts: [{ ...alert, labels: undefined }] }), 'alerts[0].labels is no object'],
    ['group labels that are none', body({ groupLabels: [] }), 'groupLabels is no object'],
  ])('says what is wrong with %s', (_why, value, problem) =>
    expect(parsePayload(value)).toEqual({ problem }),
  );

  test('ignores what it does not know and does without what is optional', () => {
    const result = parsePayload({ version: '4', alerts: [{ ...alert, new: 1 }], later: {} });
    expect(result).toMatchObject({
      payload: { receiver: '', truncatedAlerts: 0, alerts: [{ annotations: {} }] },
    });
  });

  test('a label called __proto__ changes no prototype, now or when copied', () => {
    const hostile = `{"version":"4","groupLabels":{"__proto__":{"admin":"yes"}},"alerts":[{"status":"firing","fingerprint":"f","labels":{"__proto__":{"admin":"yes"},"a":"b"},"annotations":{"__proto__":"x"}}]}`;
    const result = parsePayload(JSON.parse(hostile));
    if ('problem' in result) return expect.unreachable(result.problem);
    const { labels } = result.payload.alerts[0]!;
    expect(Object.assign({}, labels)).toEqual({ a: 'b' });
    expect(
      (Object.assign({}, labels, result.payload.groupLabels) as { admin?: string }).admin,
    ).toBeUndefined();
    expect(({} as { admin?: string }).admin).toBeUndefined();
  });
});
