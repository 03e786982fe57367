import { expect, test } from 'vitest';
import { z } from 'zod';
import { complaint } from '../../src/kit/complaint.ts';

test.each([
  ['what is not there', z.object({ a: z.string() }), {}, 'is missing (string)'],
  ['text where a list belongs', z.array(z.string()), '10.0.0.1:6379', 'must be a list, not text'],
  ['a number where a mapping belongs', z.object({}), 5, 'must be a mapping, not a number'],
  ['nothing where a number belongs', z.number(), null, 'must be a number, not empty'],
  ['a word that is not one of several', z.enum(['ic', 'ops']), 'boss', 'must be one of ic, ops'],
  ['a word that is not the only one', z.literal('never'), 'ever', 'must be never'],
  ['what the schema words itself', z.string().regex(/^a$/, 'must be an a'), 'b', 'must be an a'],
])('says %s in plain words', (_what, schema, value, words) => {
  const { error } = z.safeParse(schema, value);
  expect(error?.issues.map(complaint)).toEqual([words]);
});
