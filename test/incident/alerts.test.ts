import { describe, expect, it } from 'vitest';
import { decide } from '../../src/incident/decide.ts';
import { firing } from '../../src/incident/state.ts';
import { alert, minute, opening, person, play, receive, t0 } from './given.ts';

const types = (decision: object): string[] =>
  Array.isArray(decision)
    ? decision.map((event: { type: string }) => event.type)
    : [JSON.stringify(decision)];

const gone = (at: number, ...fingerprints: string[]) =>
  fingerprints.map((fingerprint) => ({ fingerprint, at }));

describe('alerts arrive', () => {
  it('opens with severity, rule, and the roles proposed from on-call', () => {
    const { state } = play(receive());
    expect(state).toMatchObject({ severity: 'P1', rule: 'label-severity-critical', status: { is: 'open' } });
    expect(state.roles.ic).toMatchObject({ person: 'minji', accepted: false });
  });

  const table: [string, Parameters<typeof receive>[0], string[]][] = [
    ['a repeat changes nothing', {}, []],
    [
      'another startsAt of the same firing (two Prometheus) changes nothing',
      { firing: [alert('HighErrorRate', { startsAt: t0 + 4000 })] },
      [],
    ],
    ['a new alert joins', { firing: [alert('HighErrorRate'), alert('Slow')] }, ['AlertsFired']],
    [
      'the last resolve proposes recovery',
      { firing: [], resolved: gone(t0 + 1, 'HighErrorRate') },
      ['AlertsResolved', 'RecoveryProposed'],
    ],
    ['a resolve of something unknown is no ghost', { firing: [], resolved: gone(t0 + 1, 'Other') }, []],
    [
      'one resolved, one new: no recovery',
      { firing: [alert('Slow')], resolved: gone(t0 + 1, 'HighErrorRate') },
      ['AlertsFired', 'AlertsResolved'],
    ],
  ];
  it.each(table)('%s', (_sentence, over, expected) => {
    expect(types(decide(receive({ at: t0 + 1000, ...over }), play(receive()).state))).toEqual(expected);
  });

  it('raises when a worse alert joins, and a repeat never undoes what a person lowered', () => {
    const mild = receive({
      opening: opening({ severity: 'P3' }),
      firing: [alert('Slow', { severity: 'P3' })],
    });
    const worse = receive({ firing: [alert('Slow', { severity: 'P3' }), alert('Down')] });
    expect(play(mild, worse).state).toMatchObject({ severity: 'P1', treatment: { page: true } });

    const lower = {
      type: 'ChangeSeverity' as const,
      at: t0,
      by: person('minji'),
      to: 'P3' as const,
      reason: 'only staging',
      rule: 'person',
      treatments: opening().treatments,
    };
    expect(play(mild, worse, lower, worse).state.severity).toBe('P3');
  });

  it('raises when a firing alert is judged worse than before, once', () => {
    const mild = receive({
      opening: opening({ severity: 'P3' }),
      firing: [alert('Slow', { severity: 'P3' })],
    });
    const worse = receive({ firing: [alert('Slow')] });
    expect(play(mild, worse).state).toMatchObject({ severity: 'P1', alerts: [{ severity: 'P1' }] });
    expect(types(decide(mild, play(mild, worse).state))).toEqual([]);
    expect(types(decide(worse, play(mild, worse).state))).toEqual([]);
  });

  it('pages anew when it is raised after an acknowledgement', () => {
    const mild = receive({
      opening: opening({ severity: 'P2' }),
      firing: [alert('Slow', { severity: 'P2' })],
    });
    const { state } = play(
      mild,
      { type: 'Acknowledge', at: t0, by: person('minji') },
      receive({ firing: [alert('Down')] }),
    );
    expect(state.acknowledged).toBeNull();
    expect(state.paging.round).toBe(2);
  });

  it('ignores an old firing that its own resolve overtook, but never for good', () => {
    const both = receive({ firing: [alert('HighErrorRate'), alert('Slow')] });
    const resolved = receive({
      at: t0 + 5000,
      firing: [alert('Slow')],
      resolved: gone(t0 + 4000, 'HighErrorRate'),
    });
    const { state } = play(both, resolved);
    expect(decide(receive({ at: t0 + 6000 }), state)).toEqual([]);
    expect(types(decide(receive({ at: t0 + 5 * minute }), state))).toEqual(['AlertsFired']);
  });

  it('ignores a resolve that is older than the firing', () => {
    const { state } = play(receive({ firing: [alert('HighErrorRate', { startsAt: t0 + minute })] }));
    expect(decide(receive({ firing: [], resolved: gone(t0, 'HighErrorRate') }), state)).toEqual([]);
  });

  describe('after the end', () => {
    const ended = play(
      receive(),
      receive({ at: t0 + minute, firing: [], resolved: gone(t0 + minute, 'HighErrorRate') }),
      { type: 'Resolve', at: t0 + 2 * minute, by: person('minji'), rule: 'confirmed', reason: null },
    ).state;
    const refire = (at: number) => receive({ at, firing: [alert('HighErrorRate', { startsAt: at - 1000 })] });

    it('reopens inside the window, unacknowledged and paging anew', () => {
      const events = decide(refire(t0 + 20 * minute), ended);
      expect(types(events)).toEqual(['Reopened', 'AlertsFired']);
    });
    it('is left alone outside the window', () => {
      expect(decide(refire(t0 + 40 * minute), ended)).toEqual([]);
    });
    it('does not reopen for a repeat of an alert that a person closed while it fired', () => {
      const closed = play(receive(), {
        type: 'Resolve',
        at: t0 + minute,
        by: person('minji'),
        rule: 'person',
        reason: 'known',
      }).state;
      expect(decide(receive({ at: t0 + 5 * minute }), closed)).toEqual([]);
      expect(firing(closed)).toHaveLength(1);
    });
  });
});
