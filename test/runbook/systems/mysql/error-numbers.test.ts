import { expect, it } from 'vitest';
import { bareError, isPassing, meaningOf } from '../../../../src/runbook/systems/mysql/error-numbers.ts';

it.each([
  [
    'a statement that was replicated',
    "Error 'Duplicate entry '77' for key 'PRIMARY'' on query. Default database: 'shop'. Query: 'INSERT INTO orders VALUES (77, 'kim')'",
    "Error 'Duplicate entry '…' for key 'PRIMARY'' on query",
  ],
  [
    'a row that was replicated',
    "Could not execute Write_rows_v1 event on table shop.orders; Duplicate entry '77-kim@example.com' for key 'mail', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log bin.000001, end_log_pos 1966",
    "Could not execute Write_rows_v1 event on table shop.orders; Duplicate entry '…' for key 'mail', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log bin.000001, end_log_pos 1966",
  ],
  [
    'a value that does not fit',
    "Error 'Incorrect string value: '\\xF0\\x9F' for column `shop`.`orders`.`v` at row 1' on query. Query: 'x'",
    "Error 'Incorrect string value: '…' for column `shop`.`orders`.`v` at row 1' on query",
  ],
  [
    'a statement that is none',
    "You have an error in your SQL syntax near 'SELEC secret' at line 1",
    "You have an error in your SQL syntax near '…' at line 1",
  ],
  [
    'a connection, without how often it is tried (MariaDB)',
    "error connecting to master 'repl@10.0.0.1:3306' - retry-time: 60  maximum-retries: 100000  message: Access denied for user 'repl'@'10.0.0.2' (using password: YES)",
    "Access denied for user 'repl'@'10.0.0.2' (using password: YES)",
  ],
  [
    'a connection, without how often it is tried (MySQL)',
    "Error connecting to source 'repl@10.0.0.1:3306'. This was attempt 3/86400, with a delay of 60 seconds between attempts. Message: Can't connect to MySQL server on '10.0.0.1:3306' (111)",
    "Can't connect to MySQL server on '10.0.0.1:3306' (111)",
  ],
])('shows the error text of %s', (_, text, bare) => expect(bareError(text)).toBe(bare.slice(0, 180)));

it('knows which errors come back', () => {
  expect([1062, 1032, 1236, 1045, 4711].map(isPassing)).toEqual([false, false, false, false, false]);
  expect([1205, 1213, 2003, 2013].map(isPassing)).toEqual([true, true, true, true]);
  expect(meaningOf(1062, 'ko')).toContain('이미 있음');
  expect(meaningOf(4711, 'en')).toBeUndefined();
});
