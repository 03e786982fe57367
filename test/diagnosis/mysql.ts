import { hasMariadb, type MariadbPair, mariadbMissing, reader, startMariadbPair } from '../parts/mariadb.ts';
import { dataFaults } from './mysql-data-faults.ts';
import { loadFaults } from './mysql-load-faults.ts';
import { threadFaults } from './mysql-thread-faults.ts';
import type { System } from './system.ts';

/** MariaDB: a primary and a replica by GTID, looked at with an account that may only read. */
export const mysql: System<MariadbPair> = {
  name: 'MySQL / MariaDB',
  missing: hasMariadb ? null : mariadbMissing,
  start: () => startMariadbPair(),
  stop: (pair) => pair.stop(),
  secrets: () => ({ MYSQL_PASSWORD: reader.password, NOBODY: 'nothing' }),
  faults: [...dataFaults, ...threadFaults, ...loadFaults],
};
