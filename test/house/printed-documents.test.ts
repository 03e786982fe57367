import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printedDocuments } from '../../src/cli/print.ts';

test.each(Object.entries(printedDocuments))('%s is what the code prints', (path, print) => {
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
  expect(committed, `${path} is out of date: npm run print`).toBe(print());
});
