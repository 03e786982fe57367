import type { Json } from '../../src/runbook/step.ts';
import { type Mariadb, type MariadbPair, reader } from '../parts/mariadb.ts';
import { until } from '../parts/redis-node.ts';

type Params = Record<string, Json>;

const login: Params = { mysql_user: reader.user, mysql_password: { secretRef: 'MYSQL_PASSWORD' } };

/** What muster.yaml would say for `runbooks/mysql-replication.yaml`, with the account that may only read. */
export const replication =
  (more: Params = {}) =>
  ({ primary, replica }: MariadbPair): Params => ({
    mysql_replica: replica.address,
    mysql_primary: primary.address,
    ...login,
    ...more,
  });

/** What muster.yaml would say for `runbooks/mysql-load.yaml`; the server is the primary. */
export const load =
  (more: Params = {}) =>
  ({ primary }: MariadbPair): Params => ({ mysql_server: primary.address, ...login, ...more });

/** Waits until a column of SHOW SLAVE STATUS is as wanted. */
export const status = (replica: Mariadb, name: string, is: (value: unknown) => boolean): Promise<void> =>
  until(
    `${name} of the replica`,
    async () => is((await replica.query('SHOW SLAVE STATUS'))[0]?.[name]),
    30_000,
  );

let next = 100;

/** Writes one row on the primary, under a key that no other fault uses, and answers with the key. */
export async function write({ primary }: MariadbPair): Promise<number> {
  next += 1;
  await primary.query(`INSERT INTO shop.orders VALUES (${next}, 'an order')`);
  return next;
}

/** A fault that needs no making. */
export const nothing = async () => async () => {};
