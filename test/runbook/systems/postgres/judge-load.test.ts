import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/runbook/systems/postgres/ask-postgres.ts';
import { judgeLoad } from '../../../../src/runbook/systems/postgres/judge-load.ts';
import type { LoadSays, LoadView, Session } from '../../../../src/runbook/systems/postgres/load-view.ts';

const limits = { waitSeconds: 10, transactionSeconds: 900, idleSeconds: 300, usedRatio: 0.9 };

const session = (pid: number, more: Partial<Session> = {}): Session => ({
  pid,
  backendStart: `2026-11-21 11:00:${pid}+00`,
  kind: 'client backend',
  user: 'app',
  application: 'shop',
  database: 'shop',
  state: 'active',
  query: 'UPDATE items SET n = ?',
  transactionSeconds: 20,
  stateSeconds: 20,
  waitSeconds: null,
  blockedBy: [],
  ...more,
});

const says = (more: Partial<LoadSays> = {}): LoadSays => ({
  inRecovery: false,
  max: 100,
  reserved: 3,
  used: 10,
  hidden: 0,
  holders: [{ user: 'app', application: 'shop', state: 'idle', count: 9 }],
  sessions: [],
  ...more,
});

const one = (more: Partial<LoadSays> = {}): LoadView => [
  { address: 'p:1', state: 'answered', value: says(more), ms: 1 },
];
const gone = (state: 'full' | 'refused' | 'denied', reason: string): Answer<LoadSays>[] => [
  { address: 'p:1', state, reason },
];
const waits = (pid: number, blockedBy: number[], waitSeconds = 30) =>
  session(pid, { blockedBy, waitSeconds });
const idle = { state: 'idle in transaction', stateSeconds: 400, transactionSeconds: 500 };

describe('judgeLoad', () => {
  it.each([
    ['quiet', one(), 'pass', undefined, 'at most 10 %'],
    [
      'no slot even for the probe',
      gone('full', 'reserved'),
      'fail',
      'connections-exhausted',
      'not even for this probe',
    ],
    ['not there', gone('refused', 'why'), 'unknown', undefined, 'the process is gone'],
    ['not let in', gone('denied', 'why'), 'unknown', undefined, 'login or rights refused'],
    ['all taken', one({ used: 97 }), 'fail', 'connections-exhausted', '9× app, shop (idle)'],
    ['nearly taken', one({ used: 90 }), 'warn', undefined, '90 of 97'],
    ['hidden', one({ hidden: 3 }), 'unknown', undefined, 'pg_monitor'],
    [
      'waiting',
      one({ sessions: [session(1), waits(2, [1])] }),
      'fail',
      'blocked-queries',
      'waited up to 30s for pid 1',
    ],
    ['waiting a moment', one({ sessions: [session(1), waits(2, [1], 3)] }), 'pass', undefined, 'Nobody'],
    [
      'waiting for a prepared transaction',
      one({ sessions: [waits(2, [0])] }),
      'fail',
      'blocked-queries',
      'ROLLBACK PREPARED',
    ],
    [
      'waiting makes connections pile up',
      one({ used: 97, sessions: [session(1), waits(2, [1])] }),
      'fail',
      'blocked-queries',
      'pid 1',
    ],
    ['idle in transaction', one({ sessions: [session(1, idle)] }), 'warn', undefined, 'open and idle: pid 1'],
    [
      'a long transaction',
      one({ sessions: [session(1, { transactionSeconds: 1000 })] }),
      'warn',
      undefined,
      'open for long: pid 1',
    ],
    [
      'long maintenance',
      one({ sessions: [session(1, { kind: 'autovacuum worker', transactionSeconds: 1000 })] }),
      'pass',
      undefined,
      'Nobody',
    ],
  ])('%s', (_, view, verdict, cause, sentence) => {
    const result = judgeLoad(view, limits, 'en');
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    expect(result.sentence).toContain(sentence);
    const korean = judgeLoad(view, limits, 'ko');
    expect(korean.verdict).toBe(verdict);
    expect(korean.sentence).toMatch(/[가-힣].*[.]$/);
  });

  it.each([
    ['the head of a chain', [session(1), waits(2, [1]), waits(3, [2])], 1, 1],
    [
      'the head that most wait for',
      [session(1), session(2), waits(5, [1]), waits(3, [2]), waits(4, [2, 3])],
      2,
      2,
    ],
    ['nobody for a prepared transaction', [waits(2, [0])], 1, undefined],
    ['nobody for maintenance', [session(1, { kind: 'autovacuum worker' }), waits(2, [1])], 1, undefined],
    ['nobody while the wait is short', [session(1), waits(2, [1], 3)], 0, undefined],
    ['nobody in a circle, which the server breaks itself', [waits(1, [2]), waits(2, [1])], 0, undefined],
  ])('names %s', (_, sessions, blockers, pid) => {
    const { facts } = judgeLoad(one({ sessions }), limits, 'en');
    expect(facts?.blockers).toBe(blockers);
    expect((facts?.blocker as { pid: number } | null)?.pid).toBe(pid);
  });

  it('offers no session of a standby', () => {
    const view = one({ inRecovery: true, sessions: [session(1), waits(2, [1])] });
    expect(judgeLoad(view, limits, 'en')).toMatchObject({
      verdict: 'fail',
      facts: { blockers: 0, blocker: null },
    });
  });
});
