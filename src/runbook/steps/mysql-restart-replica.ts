import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askMysql } from '../systems/mysql/ask-mysql.ts';
import { changeMessages } from '../systems/mysql/change-messages.ts';
import { isRunning } from '../systems/mysql/channel.ts';
import { ChannelName } from '../systems/mysql/dialect.ts';
import { loginOf, MysqlLogin } from '../systems/mysql/login.ts';
import { missingGrant } from '../systems/mysql/missing-grant.ts';
import { type Restarted, restartThreads } from '../systems/mysql/restart-threads.ts';

const input = z.strictObject({
  replica: AddressText.describe('The one replica whose threads are restarted'),
  channel: ChannelName.default('').describe(
    'Its channel (in MariaDB: connection); empty for the unnamed one',
  ),
  ...MysqlLogin,
  username: MysqlLogin.username.describe(
    'Account: MariaDB GRANT REPLICATION SLAVE ADMIN, SLAVE MONITOR; MySQL GRANT REPLICATION_SLAVE_ADMIN, REPLICATION CLIENT, ON *.*',
  ),
  wait: Duration.prefault('10s').describe('How long to look whether the threads run'),
});

/** Stops and starts the replication threads of one replica, unless the same error would come straight back. */
export const mysqlRestartReplica = defineStep({
  name: 'mysql-restart-replica',
  about:
    'Stops and starts the replication threads of one MySQL or MariaDB replica; refuses where they run, or where the same error would come straight back.',
  effect: 'change',
  input,
  example: {
    replica: '10.0.0.2:3306',
    username: 'muster_ops',
    password: { secretRef: 'MYSQL_OPS_PASSWORD' },
  },
  targets: ['replica', 'channel'],
  timeoutMs: 30_000,
  target: ({ replica }) => `mysql ${replica}`,
  preview: ({ replica, channel }, language) => changeMessages(language).restartPreview(replica, channel),
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = changeMessages(language);
    const { replica, channel, wait } = input;
    const login = loginOf(input, secret);
    const done: Restarted = { sent: false, stopped: false, before: null, after: null, refusal: null };
    const answer = await askMysql(replica, login, Math.min(wait, 20_000) + 5000, signal, (ask) =>
      restartThreads(
        ask,
        { address: replica, channel, waitMs: Math.min(wait, 20_000), signal, language },
        done,
      ),
    );
    const rows = [[say.before, done.before] as const, [say.after, done.after] as const].flatMap(
      ([when, seen]) =>
        seen
          ? [
              [
                when,
                seen.io,
                seen.sql ? 'Yes' : 'No',
                String(seen.sqlError?.number ?? seen.ioError?.number ?? ''),
              ],
            ]
          : [],
    );
    const evidence = { columns: say.threadColumns, rows };
    if (done.refusal !== null) return { verdict: 'fail', sentence: say.notSent(done.refusal), evidence };
    if (answer.state !== 'answered') {
      const rejected = answer.state === 'ungranted' || answer.state === 'rejected';
      if (done.stopped || (done.sent && !rejected))
        return { verdict: 'unknown', sentence: say.unclear(replica, answer.reason), evidence };
      const why =
        answer.state === 'ungranted'
          ? say.ungranted(replica, missingGrant(answer.reason))
          : say.refused(replica, answer.reason);
      return { verdict: 'fail', sentence: say.notSent(why), evidence };
    }
    if (done.after && isRunning(done.after))
      return { verdict: 'pass', sentence: say.restarted(replica), evidence };
    return { verdict: 'fail', sentence: say.stillDown(replica, answer.value), evidence };
  },
});
