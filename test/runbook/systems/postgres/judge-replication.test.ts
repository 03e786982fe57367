import { describe, expect, it } from 'vitest';
import { judgeReplication } from '../../../../src/runbook/systems/postgres/judge-replication.ts';
import type { ReplicationView } from '../../../../src/runbook/systems/postgres/replication-view.ts';
import { gone, pair, position, primary, says, sender, slot, standby } from './nodes.ts';

const limits = { lagBytes: 1_048_576, lagSeconds: 30, retainedBytes: 16_777_216, standbys: null };
const judge = (view: ReplicationView, more = {}) => judgeReplication(view, { ...limits, ...more }, 'en');
describe('judgeReplication', () => {
  it.each([
    ['healthy', pair({}), 'pass', undefined, 'p:1 is primary, 1 standby(s) stream'],
    ['a primary of its own', [says('p:1', primary({ senders: [] }))], 'pass', undefined, '0 standby(s)'],
    [
      'nothing answers',
      [gone('p:1', 'unreachable'), gone('s:1', 'refused')],
      'unknown',
      undefined,
      'own network',
    ],
    [
      'all refuse',
      [gone('p:1', 'refused'), gone('s:1', 'refused')],
      'fail',
      'postgres-down',
      'p:1, s:1 refused',
    ],
    ['no right', [gone('p:1', 'denied')], 'unknown', undefined, 'pg_monitor'],
    [
      'frozen primary',
      [gone('p:1', 'silent'), says('s:1', standby())],
      'fail',
      'primary-frozen',
      'No primary answers (p:1: connected, then silent',
    ],
    [
      'cut off from here only',
      [gone('p:1', 'unreachable'), says('s:1', standby())],
      'unknown',
      undefined,
      'still receive',
    ],
    [
      'unreachable',
      [gone('p:1', 'unreachable'), says('s:1', standby({ receiver: null }))],
      'fail',
      'primary-unreachable',
      'No primary answers',
    ],
    [
      'one of two may be the primary',
      [gone('p:1', 'denied'), gone('q:1', 'refused'), says('s:1', standby({ receiver: null }))],
      'unknown',
      undefined,
      'p:1 is up but does not say',
    ],
    [
      'two are gone',
      [gone('p:1', 'silent'), gone('q:1', 'refused'), says('s:1', standby({ receiver: null }))],
      'fail',
      'primary-down',
      'p:1: connected, then silent',
    ],
    ['unlisted primary', [says('s:1', standby())], 'warn', undefined, 'missing in the list'],
    [
      'archive only',
      [says('s:1', standby({ receiver: null, streams: false }))],
      'pass',
      undefined,
      'replay an archive',
    ],
    [
      'receiver down',
      pair({ senders: [] }, { receiver: null }),
      'fail',
      'receiver-down',
      's:1 has no WAL receiver',
    ],
    [
      'slot missing',
      pair({ senders: [] }, { receiver: null, slot: 'x' }),
      'fail',
      'slot-missing',
      'slot x, which does not exist',
    ],
    ['a receiver that waits', pair({}, { receiver: { status: 'waiting' } }), 'warn', undefined, '(waiting)'],
    [
      'standby down',
      [says('p:1', primary({ senders: [] })), gone('s:1', 'refused')],
      'fail',
      'standby-down',
      's:1',
    ],
    [
      'no right to see whether it streams',
      [says('p:1', primary({ senders: [{ ...sender, state: null }] })), gone('s:1', 'unreachable')],
      'unknown',
      undefined,
      'way from here',
    ],
    [
      'a subscriber is no standby',
      [
        says(
          'p:1',
          primary({ slots: [{ ...slot, name: 'sub', physical: false, active: true, activePid: 7 }] }),
        ),
        gone('s:1', 'unreachable'),
      ],
      'fail',
      'standby-unreachable',
      's:1',
    ],
    [
      'standby not seen from here',
      [says('p:1', primary()), gone('s:1', 'unreachable')],
      'unknown',
      undefined,
      'way from here',
    ],
    [
      'other clusters',
      [says('p:1', primary()), says('q:1', primary({ systemId: '88' }))],
      'unknown',
      undefined,
      'different clusters',
    ],
    ['commits wait', pair({ waitsForSync: true }), 'fail', 'sync-standby-missing', 'Commits on p:1 wait'],
    [
      'late by the standby',
      pair({ senders: [{ ...sender, lagBytes: 9e6 }] }, { replayed: position - 9_000_000n }),
      'fail',
      'replay-lag',
      '8.6 MiB',
    ],
    [
      'late by hearsay only',
      pair({ senders: [{ ...sender, lagBytes: 9e6, lagSeconds: 60 }] }),
      'pass',
      undefined,
      'stream',
    ],
    [
      'few bytes, late',
      pair({ senders: [{ ...sender, lagBytes: 9, lagSeconds: 60 }] }, { replayed: position - 9n }),
      'fail',
      'replay-lag',
      '9 B / 60 s',
    ],
    [
      'just attached',
      pair(
        { senders: [{ ...sender, state: 'catchup', lagBytes: 9e6 }] },
        { received: position - 9_000_000n, replayed: position - 9_000_000n },
      ),
      'warn',
      undefined,
      'catching up with p:1',
    ],
    [
      'not received',
      pair(
        { senders: [{ ...sender, lagBytes: 9e6 }] },
        { received: position - 9_000_000n, replayed: position - 9_000_000n },
      ),
      'fail',
      'receive-lag',
      'network',
    ],
    [
      'wanted delay',
      pair({ senders: [{ ...sender, lagBytes: 9e6 }] }, { delayMs: 9, replayed: position - 9_000_000n }),
      'pass',
      undefined,
      'stream',
    ],
    [
      'conflict',
      pair(
        { senders: [{ ...sender, lagBytes: 9e6 }] },
        { replayWaits: 'RecoveryConflictSnapshot', replayed: position - 9_000_000n },
      ),
      'fail',
      'replay-conflict',
      'RecoveryConflictSnapshot',
    ],
    ['paused, not late', pair({}, { paused: true }), 'warn', undefined, 'paused'],
    [
      'unread slot, no limit',
      pair({ slots: [slot] }),
      'fail',
      'inactive-slot-retains-wal',
      'until the disk is full',
    ],
    [
      'unread slot, small, about to be lost',
      pair({ slots: [{ ...slot, retainedBytes: 9, status: 'unreserved', safeBytes: -9 }] }),
      'fail',
      'inactive-slot-retains-wal',
      'lost after 0 B more',
    ],
    ['unread slot, small', pair({ slots: [{ ...slot, retainedBytes: 9 }] }), 'warn', undefined, 'keeps 9 B'],
    ['slow reader', pair({ slots: [{ ...slot, active: true }] }), 'warn', undefined, 'is behind'],
    [
      'lost slot of nobody',
      pair({ slots: [{ ...slot, status: 'lost' }] }),
      'warn',
      undefined,
      'no standby that was asked uses it',
    ],
  ])('%s', (_, view, verdict, cause, sentence) => {
    const result = judge(view);
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    expect(result.sentence).toContain(sentence);
    expect(judgeReplication(view, limits, 'ko').sentence).toMatch(/[가-힣].*[.]$/);
  });

  it('fails for standbys that were never asked, when it is told how many there must be', () => {
    const view = [says('p:1', primary())];
    expect(judge(view, { standbys: 1 }).verdict).toBe('pass');
    expect(judge(view, { standbys: 2 })).toMatchObject({ verdict: 'fail', cause: 'standby-missing' });
  });

  it('has no lag in seconds where nothing is left to replay, whatever was measured last', () => {
    const view = pair({ senders: [{ ...sender, lagSeconds: 60 }] });
    expect(judge(view).facts).toMatchObject({ lag_bytes: 0, lag_seconds: 0 });
  });
});
