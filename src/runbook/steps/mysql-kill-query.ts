import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { AddressText } from '../address.ts';
import { Duration } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askMysql } from '../systems/mysql/ask-mysql.ts';
import { changeMessages } from '../systems/mysql/change-messages.ts';
import { formatSeconds } from '../systems/mysql/format-seconds.ts';
import { type Killed, killSession } from '../systems/mysql/kill-session.ts';
import { loginOf, MysqlLogin } from '../systems/mysql/login.ts';
import { missingGrant } from '../systems/mysql/missing-grant.ts';

const input = z.strictObject({
  server: AddressText.describe('The server the query runs on'),
  query: z
    .strictObject({
      id: z.number().int().positive(),
      user: z.string().min(1).max(128),
      host: z.string().min(1).max(255),
      started: z.iso.datetime(),
    })
    .nullish()
    .transform((query) => query ?? undefined)
    .describe(
      'The connection and since when it does what it does, as mysql-load names its blocker; default the only one that blocks others',
    ),
  min_wait: Duration.prefault('10s').describe('One that is not named must have blocked others for this long'),
  what: z
    .enum(['query', 'connection'])
    .default('query')
    .describe('End its statement, or cut the connection off (the only way to free an idle transaction)'),
  ...MysqlLogin,
  username: MysqlLogin.username.describe(
    'Account: MariaDB GRANT CONNECTION ADMIN, PROCESS; MySQL GRANT CONNECTION_ADMIN, PROCESS ON *.*, and what mysql-load needs',
  ),
});

/** Ends one query that a person named, only while it still is the one that was seen. */
export const mysqlKillQuery = defineStep({
  name: 'mysql-kill-query',
  about:
    'Ends one named query of a MySQL or MariaDB server, or cuts its connection off, after making sure that id, user, host and start are still those that were seen.',
  effect: 'change',
  input,
  example: {
    server: '10.0.0.1:3306',
    query: { id: 4711, user: 'app', host: '10.0.0.9:51234', started: '2026-11-21T03:12:45Z' },
    username: 'muster_ops',
    password: { secretRef: 'MYSQL_OPS_PASSWORD' },
  },
  targets: ['server', 'query'],
  timeoutMs: 20_000,
  target: ({ server }) => `mysql ${server}`,
  preview: ({ server, query, what, min_wait }, language) => {
    const say = changeMessages(language);
    return query
      ? say.killPreview(what.toUpperCase(), query.id, server, `${query.user}@${query.host}`, query.started)
      : say.killHead(what.toUpperCase(), server, formatDuration(min_wait));
  },
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = changeMessages(language);
    const { server, query, what, min_wait } = input;
    const done: Killed = { sent: false, seen: null, refusal: null };
    const answer = await askMysql(server, loginOf(input, secret), 15_000, signal, (ask) =>
      killSession(ask, { query, what, minWait: min_wait / 1000, signal, language }, done),
    );
    const { seen } = done;
    const who = seen ? `${seen.user}@${seen.host}` : '';
    const id = seen?.id ?? 0;
    const rows = seen
      ? [
          [
            String(seen.id),
            `${seen.user}@${seen.host}`,
            formatSeconds(seen.seconds),
            seen.state,
            seen.statement,
          ],
        ]
      : [];
    const evidence = { columns: say.columns, rows };
    if (done.refusal !== null) return { verdict: 'fail', sentence: say.notSent(done.refusal), evidence };
    if (answer.state === 'answered') {
      return answer.value
        ? { verdict: 'pass', sentence: say.killed(id, who, server), evidence }
        : { verdict: 'unknown', sentence: say.rollingBack(id, server), evidence };
    }
    const rejected = answer.state === 'ungranted' || answer.state === 'rejected';
    if (done.sent && !rejected)
      return { verdict: 'unknown', sentence: say.unclear(server, answer.reason), evidence };
    const why =
      answer.state === 'ungranted'
        ? say.ungranted(server, missingGrant(answer.reason))
        : say.refused(server, answer.reason);
    return { verdict: 'fail', sentence: say.notSent(why), evidence };
  },
});
