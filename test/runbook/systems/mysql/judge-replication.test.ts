import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Answer, type Row, whyUnanswered } from '../../../../src/runbook/systems/mysql/ask-mysql.ts';
import { channelOf } from '../../../../src/runbook/systems/mysql/channel.ts';
import { judgeReplication } from '../../../../src/runbook/systems/mysql/judge-replication.ts';
import {
  compare,
  type ReplicationView,
  type ServerSays,
} from '../../../../src/runbook/systems/mysql/replication-view.ts';

const folder = 'test/fixtures/replication';
const limits = { account: 'muster', maxLag: 3, readOnly: true };

type Recorded = {
  target: string;
  connectError?: Error;
  version: [{ version: string; server_id: string; read_only: string }];
  replicaStatus: Row[] | { error: object };
  gtid: [{ slave_pos: string; binlog_pos: string }];
};

/** A server as it was recorded, real rows and real errors, seen through the step's own readers. */
function recorded(name: string): Answer<ServerSays> {
  const file = JSON.parse(readFileSync(`${folder}/mariadb-${name}.json`, 'utf8')) as Recorded;
  const { target: address, connectError, version, replicaStatus, gtid } = file;
  const failed = (error: object, tcp: boolean) => ({
    address,
    ...whyUnanswered(Object.assign(new Error(), error), { tcp, login: false }),
  });
  if (connectError) return failed(connectError, true);
  if (!Array.isArray(replicaStatus)) return failed(replicaStatus.error, true);
  const [{ version: text, server_id, read_only }] = version;
  const value: ServerSays = {
    flavour: 'mariadb',
    version: text,
    readOnly: read_only === '1',
    position: { serverId: Number(server_id), executed: gtid[0].binlog_pos, applied: gtid[0].slave_pos },
    channels: replicaStatus.map(channelOf),
    semiSync: null,
  };
  return { address, state: 'answered', value, ms: 1 };
}

const look = (replica: Answer<ServerSays>, primary: Answer<ServerSays> | null = null): ReplicationView => ({
  replica,
  primary,
  ...compare(replica, primary, replica, primary),
});

const judge = (view: ReplicationView, more = {}) => judgeReplication(view, { ...limits, ...more }, 'en');

describe('every recorded server', () => {
  it.each([
    // [fixture, verdict, cause, what its sentence says]
    ['access-denied', 'unknown', undefined, "login denied (Access denied for user 'probe'@'127.0.0.1'"],
    ['broken-io-1045', 'fail', 'replica-cannot-connect', 'account or password'],
    ['broken-io-1236', 'fail', 'primary-binlog-purged', 'must be rebuilt'],
    ['broken-sql-1062', 'fail', 'replica-sql-thread-error', 'error 1062, a row with this key already exists'],
    ['delayed', 'pass', undefined, '0s behind beyond the 30s'],
    ['healed', 'pass', undefined, 'both threads run'],
    ['healthy', 'pass', undefined, 'both threads run, 0s behind'],
    [
      'lag-sql-thread',
      'fail',
      'replica-lagging',
      '4s behind; its applying thread: "Waiting for table metadata',
    ],
    ['no-privilege', 'unknown', undefined, 'GRANT SLAVE MONITOR ON *.* TO muster'],
    ['primary', 'fail', 'not-a-replica', 'follows nobody'],
    ['primary-back', 'warn', undefined, 'transactions of its own (0-2-11)'],
    ['primary-down', 'fail', 'replica-cannot-connect', 'error 2003, the primary cannot be reached'],
    ['primary-frozen-2s', 'warn', undefined, 'transactions of its own (0-2-11)'],
    ['primary-frozen-8s', 'fail', 'replica-cannot-connect', 'error 2013'],
    ['primary-frozen-conn', 'unknown', undefined, 'connected, then silent'],
    ['primary-slavehosts', 'fail', 'not-a-replica', 'follows nobody'],
    ['primary-thawed', 'warn', undefined, 'transactions of its own (0-2-11)'],
    ['recovered', 'pass', undefined, 'both threads run'],
    ['refused', 'fail', 'replica-down', 'refuses the connection'],
    ['stopped', 'fail', 'replica-threads-stopped', 'without an error'],
  ] as const)('%s: %s', (name, verdict, cause, told) => {
    const result = judge(look(recorded(name)));
    expect(result.sentence).toContain(told);
    expect(result).toMatchObject({ verdict });
    expect(result.cause).toBe(cause);
  });

  it('is in the table above', () => {
    const names = readdirSync(folder).filter((name) => name.startsWith('mariadb-'));
    expect(names).toHaveLength(20);
  });

  it('never shows a value of a row or a statement', () => {
    for (const name of readdirSync(folder).filter((file) => file.startsWith('mariadb-'))) {
      const result = judge(look(recorded(name.slice('mariadb-'.length, -'.json'.length))));
      expect(JSON.stringify(result)).not.toMatch(/INSERT|conflict|'100'/);
    }
  });
});

describe('both ends together', () => {
  it('knows a frozen primary although the replica reports no lag', () => {
    const view = look(recorded('primary-frozen-2s'), recorded('primary-frozen-conn'));
    expect(judge(view)).toMatchObject({ verdict: 'fail', cause: 'primary-frozen' });
  });

  it('knows that a refused connection is a primary that is down', () => {
    const view = look(recorded('primary-down'), recorded('refused'));
    expect(judge(view)).toMatchObject({ verdict: 'fail', cause: 'primary-down' });
  });

  it('calls the replica own write errant once it sees that the primary lacks it', () => {
    const view = look(recorded('primary-thawed'), recorded('primary'));
    expect(view.errant).toEqual(['0-2-11']);
    expect(judge(view)).toMatchObject({ verdict: 'fail', cause: 'errant-transactions' });
  });

  const moved = (name: string, change: (says: ServerSays) => void): Answer<ServerSays> => {
    const answer = structuredClone(recorded(name));
    if (answer.state === 'answered') change(answer.value);
    return answer;
  };
  const ahead = moved('primary', (says) => {
    says.position.executed = '0-1-9';
  });

  it('sees what a primary has and its replica never received, though both threads run', () => {
    const result = judge(look(recorded('healthy'), ahead));
    expect(result).toMatchObject({ verdict: 'fail', cause: 'replica-not-receiving' });
    expect(result.sentence).toContain('has 0-1-8…9, which does not arrive');
  });

  it('lets transactions that arrive meanwhile be on their way', () => {
    const later = moved('healthy', (says) => {
      says.channels[0]!.received = '0-1-8';
    });
    const view = { replica: later, primary: ahead, ...compare(recorded('healthy'), ahead, later, ahead) };
    expect(view.missing).toEqual({ gtids: ['0-1-9'], moving: true });
    expect(judge(view).verdict).toBe('pass');
  });

  it('says that the roles have changed rather than that a replica is lost', () => {
    const result = judge(look(recorded('primary'), recorded('healthy')));
    expect(result).toMatchObject({ verdict: 'warn' });
    expect(result.sentence).toContain('The roles have changed');
  });

  it('fails a replica that takes writes, unless it is meant to', () => {
    const open = look(
      moved('healthy', (says) => {
        says.readOnly = false;
      }),
      recorded('primary'),
    );
    expect(judge(open)).toMatchObject({ verdict: 'fail', cause: 'replica-writable' });
    expect(judge(open, { readOnly: false }).verdict).toBe('pass');
  });

  it('warns of a semi-sync that fell back', () => {
    const alone = moved('primary', (says) => {
      says.semiSync = { active: false, replicas: 0 };
    });
    expect(judge(look(recorded('healthy'), alone))).toMatchObject({ verdict: 'warn' });
  });

  it('names the root before the symptom: the error, not the lag or the writable replica', () => {
    const worse = moved('broken-sql-1062', (says) => {
      says.readOnly = false;
      says.channels[0]!.behind = 900;
    });
    expect(judge(look(worse, recorded('primary'))).cause).toBe('replica-sql-thread-error');
  });

  it('lets no warning hide what is broken: still connecting, because the primary is frozen', () => {
    const connecting = moved('primary-frozen-8s', (says) => {
      says.channels[0]!.ioError = null;
    });
    expect(judge(look(connecting)).verdict).toBe('warn');
    expect(judge(look(connecting, recorded('primary-frozen-conn'))).cause).toBe('primary-frozen');
  });

  it('looks at every source, and compares GTIDs only where there is one', () => {
    const two = moved('healthy', (says) => {
      const [channel] = says.channels;
      says.channels.push({ ...channel!, name: 'billing', sql: false, behind: null });
    });
    const view = look(two, ahead);
    expect(view.missing.gtids).toEqual([]);
    expect(judge(view)).toMatchObject({ cause: 'replica-threads-stopped' });
    expect(judge(view).sentence).toContain('(billing)');
  });

  it('offers a restart only where the error would not come straight back', () => {
    const restartable = (name: string) => judge(look(recorded(name))).facts?.restartable;
    expect(
      ['stopped', 'broken-sql-1062', 'broken-io-1236', 'healthy', 'primary-down'].map(restartable),
    ).toEqual([true, false, false, false, false]);
  });

  it('says it in Korean, with the same verdict', () => {
    for (const name of ['broken-sql-1062', 'stopped', 'healthy', 'no-privilege']) {
      const view = look(recorded(name));
      const result = judgeReplication(view, limits, 'ko');
      expect(result.sentence).toMatch(/[가-힣].*(니다|하세요|세요)/);
      expect(result.verdict).toBe(judge(view).verdict);
    }
  });
});
