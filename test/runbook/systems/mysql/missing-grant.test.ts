import { expect, it } from 'vitest';
import { missingGrant } from '../../../../src/runbook/systems/mysql/missing-grant.ts';

it.each([
  [
    'Access denied; you need (at least one of) the SUPER, SLAVE MONITOR privilege(s) for this operation',
    'SLAVE MONITOR ON *.*',
  ],
  [
    'Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this operation',
    'REPLICATION CLIENT ON *.*',
  ],
  ['Access denied; you need (at least one of) the PROCESS privilege(s) for this operation', 'PROCESS ON *.*'],
  [
    "SELECT command denied to user 'muster'@'10.0.0.9' for table 'data_lock_waits'",
    'SELECT ON performance_schema.data_lock_waits',
  ],
  ["SELECT command denied to user 'muster'@'10.0.0.9' for table `shop`.`orders`", 'SELECT ON shop.orders'],
  ['You are not owner of thread 42', 'CONNECTION ADMIN (MySQL: CONNECTION_ADMIN) ON *.*'],
  ['something else', 'something else'],
])('%s', (reason, grant) => expect(missingGrant(reason)).toBe(grant));
