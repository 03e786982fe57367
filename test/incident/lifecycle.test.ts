import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { nextTick } from '../../src/incident/decisions/lifecycle.ts';
import { timeline } from '../../src/incident/timeline.ts';
import { alert, minute, opening, person, play, receive, t0, treatments } from './given.ts';

const rules = { resolveAfterMs: null, takeIcAfterMs: 5 * minute };
const ack = (id: string, at = t0): Command => ({ type: 'Acknowledge', at, by: person(id) });
const severity = (to: 'P1' | 'P2' | 'P3', reason: string | null): Command => ({
  type: 'ChangeSeverity',
  at: t0,
  by: person('minji'),
  to,
  reason,
  rule: 'person',
  treatments,
});

describe('severity', () => {
  const p2 = play(
    receive({ opening: opening({ severity: 'P2' }), firing: [alert('a', { severity: 'P2' })] }),
  ).state;
  it('is raised without a reason, and lowered only with one', () => {
    expect(decide(severity('P1', null), p2)).toHaveLength(1);
    expect(decide(severity('P3', ' '), p2)).toMatchObject({ refused: 'reason-needed' });
    expect(decide(severity('P3', 'one user'), p2)).toHaveLength(1);
  });
  it('is never lowered by a machine', () => {
    const command = { ...severity('P3', 'quiet'), by: { kind: 'muster', rule: 'x' } } as Command;
    expect(decide(command, p2)).toMatchObject({ refused: 'not-permitted' });
  });
});

describe('roles', () => {
  it('whoever acknowledges first commands when the proposed commander has not accepted in five minutes', () => {
    const { state } = play(receive(), ack('jun'));
    expect(nextTick(state, rules)).toBe(t0 + 5 * minute);
    const tick: Command = { type: 'Tick', at: t0 + 5 * minute, by: person('x'), rules };
    expect(decide(tick, state)).toMatchObject([{ type: 'RoleAccepted', role: 'ic', person: 'jun' }]);
    const accepted = play(receive(), ack('jun'), {
      type: 'AcceptRole',
      at: t0,
      by: person('minji'),
      role: 'ic',
    }).state;
    expect(decide(tick, accepted)).toEqual([]);
  });

  it('a hand-over is an offer until the other accepts; the holder stays meanwhile', () => {
    const accept: Command = { type: 'AcceptRole', at: t0, by: person('minji'), role: 'ic' };
    const offer: Command = { type: 'AssignRole', at: t0, by: person('minji'), role: 'ic', person: 'sora' };
    const { state } = play(receive(), accept, offer);
    expect(state.roles.ic).toMatchObject({ person: 'minji', accepted: true, offer: { to: 'sora' } });
    expect(decide({ ...accept, by: person('jun') }, state)).toMatchObject({ refused: 'no-offer-for-you' });
    expect(play(receive(), accept, offer, { ...accept, by: person('sora') }).state.roles.ic.person).toBe(
      'sora',
    );
  });
});

describe('repeats are harmless', () => {
  const { state } = play(receive(), ack('minji'), {
    type: 'RequestPostmortem',
    at: t0,
    by: person('minji'),
    rule: 'person',
  });
  const note = {
    type: 'AddNote',
    at: t0,
    by: person('a'),
    text: 'x',
    writtenAt: t0,
    author: 'a',
    permalink: 'https://s/1',
  } as const;
  it.each<[string, Command]>([
    ['acknowledge', ack('jun')],
    ['postmortem', { type: 'RequestPostmortem', at: t0, by: person('jun'), rule: 'person' }],
    ['declare', { type: 'Declare', at: t0, by: person('jun'), opening: opening() }],
    ['reopen an open one', { type: 'Reopen', at: t0, by: person('jun'), rule: 'person', reason: null }],
  ])('%s', (_name, command) => expect(decide(command, state)).toEqual([]));
  it('the same message is noted once', () => {
    expect(decide(note, play(receive(), note).state)).toEqual([]);
  });
});

describe('the pull request', () => {
  const draft: Command = {
    type: 'RecordPullRequest',
    at: t0,
    by: person('x'),
    number: 7,
    url: 'https://g/7',
    branch: 'postmortem/inc-42',
    sha: 'abc',
  };
  it('is recorded once, and again only when it was closed and is open again', () => {
    const closed: Command = {
      type: 'RecordPullRequestClosed',
      at: t0,
      by: person('x'),
      merged: false,
      closer: 'jun',
    };
    expect(decide(draft, play(receive(), draft).state)).toEqual([]);
    const reopened = play(receive(), draft, closed, draft).state;
    expect(reopened.postmortem?.pullRequest?.state).toBe('open');
  });
});

describe('recovery', () => {
  it('closes by itself after a quiet time only where that is configured', () => {
    const resolved = [{ fingerprint: 'HighErrorRate', at: t0 + 1 }];
    const { state } = play(receive(), receive({ at: t0 + 1, firing: [], resolved }));
    const tick = (resolveAfterMs: number | null): Command => ({
      type: 'Tick',
      at: t0 + 20 * minute,
      by: person('x'),
      rules: { ...rules, resolveAfterMs },
    });
    expect(decide(tick(null), state)).toEqual([]);
    expect(decide(tick(15 * minute), state)).toMatchObject([{ type: 'Resolved', rule: 'quiet-time-over' }]);
  });
});

describe('the timeline', () => {
  it('tells facts in order, a noted message at its own time, in both languages', () => {
    const note: Command = {
      type: 'AddNote',
      at: t0 + 9 * minute,
      by: person('minji'),
      text: 'deployed 1.4.2',
      writtenAt: t0 - minute,
      author: 'jun',
      permalink: null,
    };
    const { events } = play(receive(), ack('minji', t0 + minute), note);
    const names = (id: string) => id.toUpperCase();
    expect(timeline(events, 'en', names).map((entry) => entry.text)).toEqual([
      'jun: deployed 1.4.2',
      'P1 opened by alert (rule label-severity-critical): HighErrorRate on orders',
      'Incident Commander proposed: MINJI (primary)',
      'Ops proposed: JUN (secondary)',
      'Comms proposed: HANA (comms rotation)',
      'Acknowledged by MINJI',
    ]);
    expect(timeline(events, 'ko', names)[5]?.text).toBe('MINJI 님이 확인');
  });
});
