import { describe, expect, it } from 'vitest';
import type { Answer, Row } from '../../../../src/runbook/systems/mysql/ask-mysql.ts';
import { judgeLoad } from '../../../../src/runbook/systems/mysql/judge-load.ts';
import {
  bareStatement,
  type LoadView,
  sessionOf,
  viewLoad,
} from '../../../../src/runbook/systems/mysql/load-view.ts';
import { headsOf } from '../../../../src/runbook/systems/mysql/lock-queue.ts';

const limits = { account: 'muster', connections: 0.8, transaction: 300, lockWait: 10 };
const now = Date.parse('2026-11-21T03:00:00Z');
const session = (id: number, more: Row = {}) =>
  sessionOf(
    {
      Id: id,
      User: 'app',
      Host: `10.0.0.9:5${id}`,
      Command: 'Sleep',
      Time: 20,
      State: '',
      Info: null,
      ...more,
    },
    now,
  );
const quiet: LoadView = {
  version: '8.4.3',
  connected: 12,
  maxConnections: 150,
  turnedAway: 0,
  sessions: [session(1), session(2), session(3)],
  transactions: [],
  waits: [],
};
const judge = (more: Partial<LoadView>, language: 'en' | 'ko' = 'en') =>
  judgeLoad({ address: 'db:3306', state: 'answered', value: { ...quiet, ...more }, ms: 1 }, limits, language);
const wait = (session: number, waiting: number) => ({ session, seconds: 60, waiting });

describe('what a server is busy with', () => {
  it('is nothing', () => expect(judge({})).toMatchObject({ verdict: 'pass', facts: { blockers: 0 } }));

  it('is a lock, with the head of the queue named, not the one in the middle', () => {
    const waits = [
      { waiting: 2, blocking: 1 },
      { waiting: 3, blocking: 2 },
    ];
    const result = judge({ waits, transactions: [wait(2, 30), wait(3, 12)] });
    expect(result).toMatchObject({ verdict: 'fail', cause: 'lock-waits' });
    expect(result.facts).toMatchObject({
      blockers: 1,
      blocker: { id: 1, user: 'app', host: '10.0.0.9:51', started: '2026-11-21T02:59:40Z' },
    });
    expect(result.sentence).toContain(
      'connection 1 (app@10.0.0.9:51) blocks 2 other(s), the longest for 30s',
    );
  });

  it('is no failure while nobody waits for long', () => {
    const waits = [{ waiting: 2, blocking: 1 }];
    expect(judge({ waits, transactions: [wait(2, 3)] }).verdict).toBe('pass');
  });

  it('is full, by whom', () => {
    const result = judge({ connected: 150 });
    expect(result).toMatchObject({ verdict: 'fail', cause: 'connections-exhausted' });
    expect(result.sentence).toContain('app@10.0.0.9 holds 3, 3 of them idle');
    expect(judge({ connected: 130 }).verdict).toBe('warn');
  });

  it('is full because of a lock, when most of those connections wait for it', () => {
    const waits = [{ waiting: 2, blocking: 1 }];
    const few = { waits, transactions: [wait(2, 30)], connected: 150 };
    expect(judge(few).cause).toBe('connections-exhausted');
    const sessions = Array.from({ length: 100 }, (_, id) =>
      session(id + 10, { State: 'Waiting for table metadata lock', Time: 60 }),
    );
    expect(judge({ sessions, connected: 150 }).cause).toBe('lock-waits');
  });

  it('warns of a transaction that stays open', () => {
    const result = judge({ transactions: [{ session: 3, seconds: 900, waiting: null }] });
    expect(result).toMatchObject({ verdict: 'warn', facts: { longest_transaction_seconds: 900 } });
    expect(result.sentence).toContain('connection 3 (app@10.0.0.9:53)');
  });

  it('says it in Korean', () => expect(judge({ connected: 150 }, 'ko').sentence).toMatch(/거부합니다\(/));

  it.each([
    ['full', 'fail', 'connections-exhausted'],
    ['refused', 'fail', 'server-down'],
    ['silent', 'fail', 'server-frozen'],
    ['stuck', 'unknown', undefined],
    ['denied', 'unknown', undefined],
    ['unreachable', 'unknown', undefined],
  ] as const)('%s is %s', (state, verdict, cause) => {
    const answer: Answer<LoadView> = { address: 'db:3306', state, reason: 'so it is' };
    const result = judgeLoad(answer, limits, 'en');
    expect(result.verdict).toBe(verdict);
    expect(result.cause).toBe(cause);
  });
});

it('ranks several heads, and survives a circle of waits', () => {
  const waits = [
    { waiting: 2, blocking: 1 },
    { waiting: 4, blocking: 3 },
    { waiting: 5, blocking: 4 },
    { waiting: 6, blocking: 7 },
    { waiting: 7, blocking: 6 },
  ];
  const heads = headsOf({ waits, transactions: [wait(2, 8), wait(5, 4)] });
  expect(heads).toEqual([
    { id: 3, behind: 2, seconds: 4 },
    { id: 1, behind: 1, seconds: 8 },
  ]);
});

it.each([
  ["UPDATE users SET mail = 'kim@example.com' WHERE id = 7", 'UPDATE users SET mail = ? WHERE id = ?'],
  ["SELECT 'it''s', \"a\\\"b\", 0x1F, 1.5 /* secret */ FROM t2", 'SELECT ??, ?, ?, ? FROM t2'],
  ["INSERT INTO notes VALUES (1, 'cut off in the midd", 'INSERT INTO notes VALUES (?, ?'],
  ['  SELECT\n 1', 'SELECT ?'],
])('shows of a statement no value: %s', (sql, bare) => expect(bareStatement(sql)).toBe(bare));

it.each([
  ['8.4.3', 'performance_schema.data_lock_waits', 'REQUESTING_ENGINE_TRANSACTION_ID'],
  ['5.7.44', 'information_schema.innodb_lock_waits', 'requesting_trx_id'],
  ['10.11.19-MariaDB-log', 'information_schema.innodb_lock_waits', 'requesting_trx_id'],
])('asks %s for lock waits where it keeps them', async (version, table, name) => {
  const asked: string[] = [];
  await viewLoad(async (sql) => {
    asked.push(sql);
    return sql.startsWith('SELECT VERSION()')
      ? [{ version, max_connections: 151, now: '2026-11-21T03:00:00Z' }]
      : [];
  });
  expect(asked.join('\n')).toContain(`FROM ${table}`);
  expect(asked.join('\n')).toContain(`waits.${name}`);
});

it('believes the list of sessions more than the older lists of InnoDB', async () => {
  const process = (Id: number, Command: string) => ({
    Id,
    User: 'app',
    Host: '10.0.0.9:5',
    Command,
    Time: 9,
  });
  const view = await viewLoad(async (sql) => {
    if (sql.startsWith('SELECT VERSION()'))
      return [{ version: '8.4.3', max_connections: 151, now: '2026-11-21T03:00:00Z' }];
    if (sql.includes('innodb_trx ORDER BY'))
      return [1, 2, 3, 4].map((id) => ({ session: id, seconds: 60, waiting: id === 1 ? null : 30 }));
    if (sql.includes('data_lock_waits'))
      return [2, 3, 4].map((id) => ({ waiting: id, blocking: id === 4 ? 9 : 1 }));
    return sql === 'SHOW PROCESSLIST'
      ? [process(1, 'Sleep'), process(2, 'Query'), process(3, 'Sleep'), process(4, 'Query')]
      : [];
  });
  // 9, who blocked 4, is gone; 3 has what it waited for.
  expect(view.waits).toEqual([{ waiting: 2, blocking: 1 }]);
  expect(view.transactions.map(({ waiting }) => waiting)).toEqual([null, 30, null, 30]);
});
