import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/runbook/systems/postgres/ask-postgres.ts';
import { judgeReplication } from '../../../../src/runbook/systems/postgres/judge-replication.ts';
import {
  type NodeRows,
  type NodeSays,
  nodeSays,
  type ReplicationView,
} from '../../../../src/runbook/systems/postgres/replication-view.ts';

const limits = { lagBytes: 1_048_576, lagSeconds: 30, retainedBytes: 16_777_216, standbys: null };
const folder = 'test/fixtures/replication';

/** Rows that were captured from PostgreSQL 15 in this state; those that could not connect hold the error. */
function captured(name: string): Answer<NodeSays> {
  const file = JSON.parse(readFileSync(`${folder}/postgres-${name}.json`, 'utf8'));
  const { target: address, ms, connectError } = file;
  if (!connectError) return { address, state: 'answered', value: nodeSays(file as NodeRows), ms };
  const states = { ECONNREFUSED: 'refused', '53300': 'full', '3D000': 'rejected' } as const;
  const state = states[connectError.code as keyof typeof states] ?? 'silent';
  return { address, state, reason: connectError.message };
}

const judge = (view: ReplicationView, more = {}) => judgeReplication(view, { ...limits, ...more }, 'en');

describe('what was captured from broken nodes', () => {
  const cases: [string, string[], string, string | undefined][] = [
    ['a healthy pair', ['primary-healthy', 'standby-healthy'], 'pass', undefined],
    ['an idle primary, whose standby last saw a commit 36 s ago', ['standby-healthy'], 'warn', undefined],
    ['a pair that has recovered', ['primary-recovered', 'standby-healthy'], 'pass', undefined],
    ['a thawed standby', ['primary-standby-thawed'], 'pass', undefined],
    ['an account without pg_monitor', ['primary-no-privilege'], 'unknown', undefined],
    [
      'a paused replay, from both sides',
      ['primary-replay-paused', 'standby-replay-paused'],
      'fail',
      'replay-paused',
    ],
    ['a paused replay, seen by the standby alone', ['standby-replay-paused'], 'fail', 'replay-paused'],
    ['a paused replay, seen by the primary alone', ['primary-replay-paused'], 'fail', 'replay-lag'],
    [
      'a frozen standby after 2 s',
      ['primary-standby-frozen-2s', 'standby-frozen-connect'],
      'fail',
      'standby-frozen',
    ],
    [
      'a frozen standby after 8 s',
      ['primary-standby-frozen-8s', 'standby-frozen-connect'],
      'fail',
      'standby-frozen',
    ],
    ['a frozen standby, seen by the primary alone', ['primary-standby-frozen-2s'], 'fail', 'replay-lag'],
    ['a standby that is gone, with its slot', ['primary-standby-down'], 'fail', 'inactive-slot-retains-wal'],
    ['a slot that is lost', ['primary-slot-lost', 'standby-slot-lost'], 'fail', 'slot-lost'],
    ['a lost slot, later', ['primary-after-slot-lost'], 'fail', 'slot-lost'],
    ['a standby that receives nothing', ['standby-slot-lost'], 'fail', 'receiver-down'],
    ['the primary gone', ['refused', 'standby-primary-down'], 'fail', 'primary-down'],
    ['a standby just before it is promoted', ['promoted-before'], 'fail', 'receiver-down'],
    ['a promoted standby', ['promoted'], 'pass', undefined],
    ['two primaries of one cluster', ['split-brain-old-primary', 'promoted'], 'fail', 'split-brain'],
    ['the old primary, alone', ['split-brain-old-primary'], 'warn', undefined],
    ['no connection slot left', ['too-many-connections', 'standby-healthy'], 'fail', 'connections-exhausted'],
    ['a database that does not exist', ['no-database'], 'unknown', undefined],
    ['nothing but a refusal', ['refused'], 'fail', 'postgres-down'],
  ];

  it.each(cases)('%s', (_, names, verdict, cause) => {
    const view = names.map((name) => captured(name === 'primary-no-privilege' ? 'no-privilege' : name));
    const result = judge(view);
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    const korean = judgeReplication(view, limits, 'ko');
    expect(korean).toMatchObject({ verdict });
    expect(korean.sentence).toMatch(/[가-힣].*[.]$/);
  });

  it('has judged every captured file', () => {
    const judged = new Set(cases.flatMap(([, names]) => names));
    const files = readdirSync(folder)
      .filter((name) => name.startsWith('postgres-'))
      .map((name) => name.replace(/^postgres-|\.json$/g, ''));
    expect(files.filter((name) => !judged.has(name) && name !== 'no-privilege')).toEqual([]);
  });

  it('says how much disk a slot costs, and what is left until it is lost', () => {
    const { sentence, facts } = judge([captured('primary-standby-down')]);
    expect(sentence).toContain('standby1, which keeps 21.7 MiB of WAL');
    expect(sentence).toContain('the slot is lost after 52.5 MiB more');
    expect(facts).toMatchObject({ slots_retained_bytes: 22_731_544, droppable_slots: ['standby1'] });
  });

  it.each([
    ['a synchronous standby', { sync_state: 'sync', state: 'streaming' }, false],
    ['one of a quorum', { sync_state: 'quorum', state: 'streaming' }, false],
    ['an asynchronous one only', { sync_state: 'async', state: 'streaming' }, true],
    ['one that this account may not see', { sync_state: null, state: null }, false],
  ])('with %s, commits that need one wait: %#', (_, row, waits) => {
    const rows = { slots: [], receiver: [], standby: [], conflicts: [] };
    const role = [{ in_recovery: false, waits_for_sync: true }];
    expect(nodeSays({ ...rows, role, replication: [{ pid: 7, ...row }] }).waitsForSync).toBe(waits);
  });
});
