import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeReplication } from '../systems/mysql/judge-replication.ts';
import { loginOf, MysqlLogin } from '../systems/mysql/login.ts';
import { viewReplication } from '../systems/mysql/replication-view.ts';

const input = z.strictObject({
  replica: AddressText.describe('The replica to look at'),
  primary: AddressText.optional().describe(
    'What it follows; without it a frozen primary and errant transactions cannot be seen',
  ),
  ...MysqlLogin,
  username: MysqlLogin.username.describe(
    'Account on both: MariaDB GRANT SLAVE MONITOR, MySQL GRANT REPLICATION CLIENT, ON *.*',
  ),
  max_lag: Duration.prefault('30s').describe(
    'A replica further behind lags, beyond a delay it is meant to have',
  ),
  read_only: z.boolean().default(true).describe('Whether the replica must refuse writes'),
  patience: Duration.prefault('2s').describe('How long one server may take before it counts as silent'),
});

/** Looks at one replica and its primary at once and says what keeps changes from arriving. */
export const mysqlReplication = defineStep({
  name: 'mysql-replication',
  about:
    'Reads a MySQL or MariaDB replica and its primary: threads, last error explained, lag, GTIDs that are missing or errant, read_only, semi-sync.',
  effect: 'read',
  input,
  example: {
    replica: '10.0.0.2:3306',
    primary: '10.0.0.1:3306',
    username: 'muster',
    password: { secretRef: 'MYSQL_PASSWORD' },
  },
  targets: ['replica', 'primary'],
  timeoutMs: 9000,
  target: ({ replica }) => `mysql ${replica}`,
  run: async (input, { signal, secret, language }) => {
    const { replica, primary, patience: patienceMs } = input;
    const login = loginOf(input, secret);
    const view = await viewReplication({ replica, primary, login, patienceMs }, signal);
    const limits = { account: input.username, maxLag: input.max_lag / 1000, readOnly: input.read_only };
    return judgeReplication(view, limits, language);
  },
});
