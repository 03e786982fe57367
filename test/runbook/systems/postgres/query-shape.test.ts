import { expect, it } from 'vitest';
import { queryShape } from '../../../../src/runbook/systems/postgres/query-shape.ts';

it.each([
  ['numbers', 'SELECT a1 FROM t2 WHERE id = 4711 AND x > 1.5', 'SELECT a1 FROM t2 WHERE id = ? AND x > ?'],
  ['everything from the first string on', "UPDATE t SET a = 'secret', b = 2", 'UPDATE t SET a = …'],
  ['strings with escapes', String.raw`SELECT E'it\'s', 'secret'`, 'SELECT …'],
  ['strings between dollars', 'DO $body$ secret $body$', 'DO …'],
  [
    'comments, where applications put what they like',
    "/* user 'kim' */ SELECT 1 -- 'x'\n + 2",
    'SELECT ? + ?',
  ],
  ['comments inside comments', '/* a /* b */ token hunter2 */ SELECT 1', 'SELECT ?'],
  ['a comment that was cut off', 'SELECT 1 /* a /* b */ token hunter2', 'SELECT ?'],
  ['what is long', `SELECT ${'x'.repeat(200)}`, `SELECT ${'x'.repeat(72)}…`],
  [
    'parameters and identifiers stay',
    'SELECT "Col1" FROM t WHERE id = $1',
    'SELECT "Col1" FROM t WHERE id = $1',
  ],
])('%s', (_, sql, shape) => expect(queryShape(sql)).toBe(shape));
