import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { freeze } from './freeze.ts';
import { freePort, hasBinary, stopped, until } from './redis-node.ts';

/** True when this machine can start MariaDB; otherwise tests skip with `mariadbMissing` as the reason. */
export const hasMariadb = hasBinary('mariadbd', '--version');
export const mariadbMissing = 'needs mariadbd (sudo apt-get install mariadb-server)';

/** One row of an answer, by column name. */
type Row = Record<string, unknown>;

/** A MariaDB of a test's own, with a binary log and a folder of its own. */
export type Mariadb = {
  address: string;
  port: number;
  /** Runs one statement as root, on a connection that stays open until `stop`. */
  query: (sql: string) => Promise<Row[]>;
  /** A further connection: as root over the socket, or as somebody over TCP. The server's end closes it. */
  connect: (login?: { user: string; password: string }) => Promise<mysql.Connection>;
  /** SIGSTOP: accepts connections and says nothing. */
  freeze: () => void;
  thaw: () => void;
  /** SIGKILL; resolves once it is gone. */
  kill: () => Promise<void>;
  /** Starts a killed one again, on its port and data. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
};

/** MariaDB refuses to run as root; as root it is told to become this user, who exists everywhere. */
const asUser = process.getuid?.() === 0 ? ['--user=nobody'] : [];

/** Starts a server with the given options; measured 0.6 s for its data and 0.5 s until its first answer. */
export async function startMariadb(serverId: number, options: string[] = []): Promise<Mariadb> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'muster-mariadb-'));
  const data = join(folder, 'data');
  // A server that starts removes every temporary table in its tmpdir, also those of other servers.
  const own = ['--innodb-log-file-size=8M', '--innodb-undo-tablespaces=0', `--tmpdir=${folder}`];
  if (asUser.length > 0) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
    );
    execFileSync('chown', [`${uid}:${gid}`, folder]);
  }
  chmodSync(folder, 0o755);
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      ...asUser,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      ...own,
    ],
    { stdio: 'ignore' },
  );
  const socketPath = join(folder, 's');
  const begin = (): ChildProcess =>
    spawn(
      'mariadbd',
      [
        '--no-defaults',
        ...asUser,
        `--datadir=${data}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        `--socket=${socketPath}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--log-error=${join(folder, 'log')}`,
        `--log-bin=${join(folder, 'bin')}`,
        `--relay-log=${join(folder, 'relay')}`,
        '--log-slave-updates',
        `--server-id=${serverId}`,
        '--innodb-buffer-pool-size=16M',
        '--innodb-flush-log-at-trx-commit=2',
        '--performance-schema=OFF',
        ...own,
        ...options,
      ],
      { stdio: 'ignore' },
    );
  let child = begin();
  let root: mysql.Connection | undefined;
  const open = new Set<mysql.Connection>();
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);

  const connect = async (login?: { user: string; password: string }) => {
    const connection = await mysql.createConnection(
      login
        ? { host: '127.0.0.1', port, ...login, connectTimeout: 5000 }
        : { socketPath, user: 'root', multipleStatements: true, connectTimeout: 5000 },
    );
    connection.on('error', () => {});
    open.add(connection);
    return connection;
  };
  const answers = async () => {
    root = await connect();
    return true;
  };
  const letGo = () => {
    for (const one of open) one.destroy();
    open.clear();
  };
  const stop = async () => {
    letGo();
    await stopped(child);
    process.removeListener('exit', onExit);
    rmSync(folder, { recursive: true, force: true });
  };
  await until(`mariadbd on ${port}`, answers, 30_000).catch(async (error: Error) => {
    await stop();
    throw error;
  });
  return {
    address: `127.0.0.1:${port}`,
    port,
    query: async (sql) => {
      const [rows] = await root!.query(sql);
      return Array.isArray(rows) ? (rows as Row[]) : [];
    },
    connect,
    freeze: () => freeze(child.pid!),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => stopped(child),
    start: async () => {
      letGo();
      child = begin();
      await until(`mariadbd on ${port} again`, answers, 30_000);
    },
    stop,
  };
}

/** The account of every read step, with the rights it is documented to need, and the one of changes. */
export const reader = { user: 'muster', password: 'read-only-pw' };
export const operator = { user: 'muster_ops', password: 'changes-pw' };

/** A primary and its replica by GTID, in step, with a table `shop.orders (id, v)`. */
export type MariadbPair = {
  primary: Mariadb;
  replica: Mariadb;
  /** Resolves once the replica has applied everything the primary has now. */
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts both and waits until the replica follows; `replicaOptions` go to the replica alone. */
export async function startMariadbPair(replicaOptions: string[] = []): Promise<MariadbPair> {
  const [primary, replica] = await Promise.all([
    startMariadb(1),
    startMariadb(2, ['--read-only=ON', ...replicaOptions]),
  ]);
  const grants = [
    `CREATE USER repl@'127.0.0.1' IDENTIFIED BY 'repl-pw'`,
    `GRANT REPLICATION SLAVE ON *.* TO repl@'127.0.0.1'`,
    ...accounts(),
    'CREATE DATABASE shop',
    'CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(60)) ENGINE=InnoDB',
  ];
  // The data folder's own first transactions are the same on both: only what follows is replicated.
  for (const server of [primary, replica]) await server.query('RESET MASTER');
  for (const sql of grants) await primary.query(sql);
  await replica.query(
    `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${primary.port}, MASTER_USER='repl', MASTER_PASSWORD='repl-pw', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1`,
  );
  await replica.query('START SLAVE');
  const caughtUp = () =>
    until('the replica to catch up', async () => {
      const [{ pos } = {}] = await primary.query('SELECT @@gtid_binlog_pos AS pos');
      const [{ slave_pos } = {}] = await replica.query('SELECT @@gtid_slave_pos AS slave_pos');
      return pos === slave_pos;
    });
  await caughtUp();
  return {
    primary,
    replica,
    caughtUp,
    stop: async () => {
      await Promise.all([replica.stop(), primary.stop()]);
    },
  };
}

/** The statements that make both accounts, as the runbooks' heads document them, and one account without any right. */
export const accounts = (): string[] => [
  `CREATE USER ${reader.user}@'127.0.0.1' IDENTIFIED BY '${reader.password}'`,
  `GRANT SLAVE MONITOR, PROCESS ON *.* TO ${reader.user}@'127.0.0.1'`,
  `CREATE USER ${operator.user}@'127.0.0.1' IDENTIFIED BY '${operator.password}'`,
  `GRANT REPLICATION SLAVE ADMIN, SLAVE MONITOR, CONNECTION ADMIN, PROCESS ON *.* TO ${operator.user}@'127.0.0.1'`,
  `CREATE USER nobody@'127.0.0.1' IDENTIFIED BY 'nothing'`,
];
