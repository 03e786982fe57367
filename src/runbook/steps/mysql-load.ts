import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { askMysql } from '../systems/mysql/ask-mysql.ts';
import { judgeLoad } from '../systems/mysql/judge-load.ts';
import { viewLoad } from '../systems/mysql/load-view.ts';
import { loginOf, MysqlLogin } from '../systems/mysql/login.ts';

const input = z.strictObject({
  server: AddressText.describe('The server to look at'),
  ...MysqlLogin,
  username: MysqlLogin.username.describe(
    'Account: GRANT PROCESS ON *.*; MySQL 8 also GRANT SELECT ON performance_schema.data_lock_waits',
  ),
  warn_connections: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe('A larger share of max_connections is a warning'),
  max_transaction: Duration.prefault('5m').describe('A transaction open for longer is a warning'),
  max_lock_wait: Duration.prefault('10s').describe('Waiting for a lock for longer is a failure'),
  patience: Duration.prefault('2s').describe('How long the server may take before it counts as silent'),
});

/** Looks at who is connected to one server, who waits and who blocks. */
export const mysqlLoad = defineStep({
  name: 'mysql-load',
  about:
    'Reads a MySQL or MariaDB server: connections against max_connections, the longest transaction, lock waits and the connection that blocks.',
  effect: 'read',
  input,
  example: { server: '10.0.0.1:3306', username: 'muster', password: { secretRef: 'MYSQL_PASSWORD' } },
  targets: ['server'],
  timeoutMs: 5000,
  target: ({ server }) => `mysql ${server}`,
  run: async (input, { signal, secret, language }) => {
    const answer = await askMysql(input.server, loginOf(input, secret), input.patience, signal, viewLoad);
    const limits = {
      account: input.username,
      connections: input.warn_connections,
      transaction: input.max_transaction / 1000,
      lockWait: input.max_lock_wait / 1000,
    };
    return judgeLoad(answer, limits, language);
  },
});
