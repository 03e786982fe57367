import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort, hasBinary, stopped, until } from './redis-node.ts';

/** Debian keeps the server's programs out of the path, one folder a version. */
const folders = () => {
  try {
    return readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin/`);
  } catch {
    return [];
  }
};
const bin = [...folders(), ''].find((folder) => hasBinary(`${folder}initdb`, '--version'));

/** True when this machine can start PostgreSQL; otherwise tests skip with `postgresMissing` as the reason. */
export const hasPostgres = bin !== undefined;
export const postgresMissing = 'needs PostgreSQL 15 or later (sudo apt-get install postgresql)';

/** The server refuses to run as root; then it runs as this user, which every Linux has. */
const unprivileged = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = (command: string, args: string[]): [string, string[]] =>
  isRoot
    ? ['setpriv', [`--reuid=${unprivileged}`, `--regid=${unprivileged}`, '--clear-groups', command, ...args]]
    : [command, args];

/** The one password of all accounts of a test's cluster. */
export const postgresPassword = 'p4ss-of-the-test';

/** How a connection differs; `replication` makes it a WAL sender that still understands SQL. */
type ConnectMore = { user: string; database: string; application_name: string; replication: 'database' };

/** A PostgreSQL server of a test's own. Accounts: see `startPostgres`. */
export type PostgresNode = {
  port: number;
  address: string;
  /** A client of the test's own, by default as superuser; ended by the test or when the node stops. */
  connect: (more?: Partial<ConnectMore>) => Promise<Client>;
  /** One statement on a connection of its own. */
  query: (sql: string) => Promise<Record<string, unknown>[]>;
  /** SIGSTOP of every process: connected and then silent. */
  freeze: () => void;
  thaw: () => void;
  /** Ends it at once, without a checkpoint: its port refuses. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  /** Makes a certificate of its own for 127.0.0.1 and localhost and offers TLS; gives the certificate. */
  offerTls: () => Promise<string>;
  /** Adds lines to the configuration and has them read. */
  configure: (lines: string[]) => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Starts a primary. Beside `postgres` (superuser) it has `muster_read` (pg_monitor), `muster_bare` (no right at all), `muster_act`
 * (pg_monitor, pg_signal_backend, REPLICATION), `app` (an application's user) and `repl`; the database is `shop` with a table `items`.
 */
export async function startPostgres(lines: string[] = []): Promise<PostgresNode> {
  const folder = ownFolder();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, postgresPassword, { mode: 0o600 });
  if (isRoot) chownSync(passwordFile, unprivileged, unprivileged);
  const data = join(folder, 'data');
  run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-N',
    '-E',
    'UTF8',
  ]);
  const base = [
    'fsync = off',
    'wal_level = logical',
    'shared_buffers = 16MB',
    'max_connections = 15',
    'max_wal_senders = 5',
    'max_prepared_transactions = 5',
    'hot_standby = on',
    "unix_socket_directories = ''",
    "listen_addresses = '127.0.0.1'",
    'wal_retrieve_retry_interval = 500ms',
  ];
  appendFileSync(join(data, 'postgresql.conf'), `${[...base, ...lines].join('\n')}\n`);
  appendFileSync(join(data, 'pg_hba.conf'), 'host replication repl 127.0.0.1/32 scram-sha-256\n');
  const node = await serve(folder);
  const login = `LOGIN PASSWORD '${postgresPassword}'`;
  for (const sql of [
    `CREATE ROLE muster_read ${login}`,
    'GRANT pg_monitor TO muster_read',
    `CREATE ROLE muster_bare ${login}`,
    `CREATE ROLE muster_act ${login} REPLICATION`,
    'GRANT pg_monitor, pg_signal_backend TO muster_act',
    `CREATE ROLE app ${login}`,
    `CREATE ROLE repl ${login} REPLICATION`,
    'CREATE DATABASE shop OWNER app',
  ])
    await node.query(sql);
  const app = await node.connect({ user: 'app' });
  await app.query('CREATE TABLE items (id int PRIMARY KEY, name text)');
  await app.query("INSERT INTO items SELECT n, 'item ' || n FROM generate_series(1, 100) n");
  await app.end();
  return node;
}

/** Makes a standby of a primary with `pg_basebackup`, following it through the slot of the given name. */
export async function startStandby(primary: PostgresNode, slot: string): Promise<PostgresNode> {
  const folder = ownFolder();
  const data = join(folder, 'data');
  const from = `host=127.0.0.1 port=${primary.port} user=repl password=${postgresPassword}`;
  run('pg_basebackup', ['-d', from, '-D', data, '-R', '-C', '-S', slot, '-X', 'stream', '-c', 'fast', '-N']);
  appendFileSync(join(data, 'postgresql.conf'), `cluster_name = '${slot}'\n`);
  const node = await serve(folder);
  await until('the standby to stream', async () => {
    const [row] = await primary.query(`SELECT active FROM pg_replication_slots WHERE slot_name = '${slot}'`);
    return row?.active === true;
  });
  return node;
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-postgres-'));
  if (isRoot) chownSync(folder, unprivileged, unprivileged);
  return folder;
}

function run(program: string, args: string[]): void {
  const [command, rest] = asUser(`${bin ?? ''}${program}`, args);
  execFileSync(command, rest, { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir() });
}

/** A child may end by itself just before it is signalled. */
function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

async function serve(folder: string): Promise<PostgresNode> {
  const port = await freePort();
  const data = join(folder, 'data');
  const clients = new Set<Client>();
  let child: ChildProcess;

  const connect: PostgresNode['connect'] = async (more = {}) => {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: postgresPassword,
      database: 'shop',
      ...more,
    });
    client.on('error', () => {});
    await client.connect();
    clients.add(client);
    client.once('end', () => clients.delete(client));
    return client;
  };
  const query = async (sql: string) => {
    const client = await connect({ database: 'postgres' });
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const [command, args] = asUser(`${bin ?? ''}postgres`, ['-D', data, '-p', String(port)]);
    child = spawn(command, args, { stdio: 'ignore', cwd: tmpdir() });
    await until(`postgres on ${port}`, async () => (await query('SELECT 1')).length === 1, 30_000);
  };
  /** The server's children are in process groups of their own, so each is signalled by its id. */
  const signalAll = (signal: NodeJS.Signals) => {
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
    for (const pid of [child.pid!, ...children.trim().split(/\s+/).filter(Boolean).map(Number)])
      signalOne(pid, signal);
  };
  const thaw = () => signalAll('SIGCONT');
  /** SIGQUIT is a crash that still gives its shared memory back. */
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    thaw();
    child.kill('SIGQUIT');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 8000).unref())]);
    await stopped(child);
  };
  const onExit = () => {
    if (child.exitCode === null && child.signalCode === null) signalAll('SIGKILL');
  };
  const configure = async (lines: string[]) => {
    appendFileSync(join(data, 'postgresql.conf'), `${lines.join('\n')}\n`);
    await query('SELECT pg_reload_conf()');
  };
  const offerTls = async () => {
    const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
    const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')];
    const [command, args] = asUser('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', names, '-keyout', key, '-out', certificate],
    ]);
    execFileSync(command, args, { stdio: 'ignore', cwd: tmpdir() });
    await configure(['ssl = on']);
    return readFileSync(certificate, 'utf8');
  };
  process.once('exit', onExit);
  await start();
  return {
    port,
    address: `127.0.0.1:${port}`,
    connect,
    query,
    freeze: () => signalAll('SIGSTOP'),
    thaw,
    kill,
    start,
    offerTls,
    configure,
    stop: async () => {
      for (const client of clients) void client.end().catch(() => {});
      await kill();
      process.removeListener('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
