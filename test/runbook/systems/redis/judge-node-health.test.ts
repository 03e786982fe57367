import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/runbook/systems/redis/ask-redis.ts';
import { judgeNodeHealth } from '../../../../src/runbook/systems/redis/judge-node-health.ts';
import type { NodeHealth } from '../../../../src/runbook/systems/redis/node-health-view.ts';

const healthy: NodeHealth = {
  version: '7.2.4',
  role: 'master',
  loading: false,
  aof: { on: true, lastWriteOk: true, lastRewriteOk: true },
  fsync: 'everysec',
  rdb: { lastSaveOk: true, lastSaveAt: 0, changesSince: 3 },
  memory: { used: 50, max: 100, policy: 'noeviction', expiringKeys: 0, evicted: 0 },
  clients: { connected: 10, max: 100, blocked: 1, rejected: 0 },
  refused: { memory: 0, disk: 0 },
  slow: [],
};
const { aof, rdb, memory, clients } = healthy;
const node = (more: Partial<NodeHealth> = {}): Answer<NodeHealth> => ({
  address: 'n:1',
  state: 'answered',
  value: { ...healthy, ...more },
  ms: 1,
});
const mute = (
  state: 'silent' | 'refused' | 'unreachable' | 'denied' | 'rejected',
  reason = '',
): Answer<never> => ({
  address: 'n:2',
  state,
  reason,
});

describe('judgeNodeHealth', () => {
  it.each([
    ['healthy nodes', [node(), node()], 'pass', undefined],
    [
      'an AOF that cannot be written',
      [node(), node({ aof: { ...aof, lastWriteOk: false } })],
      'fail',
      'aof-write-error',
    ],
    ['a failed rewrite', [node({ aof: { ...aof, lastRewriteOk: false } })], 'fail', 'aof-rewrite-failed'],
    ['a failed save', [node({ rdb: { ...rdb, lastSaveOk: false } })], 'fail', 'rdb-save-failed'],
    ['full memory', [node({ memory: { ...memory, used: 100 } })], 'fail', 'maxmemory-reached'],
    ['nearly full memory', [node({ memory: { ...memory, used: 99 } })], 'warn', undefined],
    [
      'nearly full memory, and writes were refused',
      [node({ memory: { ...memory, used: 99 }, refused: { memory: 7, disk: 0 } })],
      'fail',
      'maxmemory-reached',
    ],
    ['no limit', [node({ memory: { ...memory, used: 900, max: 0 } })], 'pass', undefined],
    [
      'a replica beyond its limit',
      [node({ role: 'slave', memory: { ...memory, used: 900 } })],
      'pass',
      undefined,
    ],
    [
      'a full cache whose keys expire',
      [node({ memory: { ...memory, used: 100, policy: 'volatile-ttl', expiringKeys: 5 } })],
      'pass',
      undefined,
    ],
    ['nearly all connections', [node({ clients: { ...clients, connected: 95 } })], 'warn', undefined],
    [
      'no connection left',
      [mute('rejected', 'ERR max number of clients reached')],
      'fail',
      'max-clients-reached',
    ],
    ['a node that loads', [node({ loading: true })], 'warn', undefined],
    ['a frozen node', [node(), mute('silent')], 'fail', 'node-frozen'],
    ['a crashed node', [mute('refused')], 'fail', 'node-crashed'],
    ['a node that cannot be reached', [node(), mute('unreachable')], 'unknown', undefined],
    ['an account without rights', [mute('denied', 'NOPERM')], 'unknown', undefined],
  ] as [string, Answer<NodeHealth>[], string, string | undefined][])('%s', (_, answers, verdict, cause) => {
    const limits = { percent: 90, aof: true, now: 60_000 };
    const result = judgeNodeHealth(answers, limits, 'en');
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    expect(result.evidence.rows).toHaveLength(answers.length);
    expect(judgeNodeHealth(answers, limits, 'ko').sentence).toMatch(/[가-힣].*[.]$/);
  });
});
