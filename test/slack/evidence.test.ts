import { expect, test } from 'vitest';
import { smallEvidence } from '../../src/slack/evidence.ts';
import { createPen } from '../../src/slack/pen.ts';
import { sight } from './incidents.ts';

test('small print leaves out what a row has no answer to', () => {
  const evidence = {
    columns: ['node', 'state', 'says'],
    rows: [
      ['10.0.0.1:26379', 'silent', ''],
      ['10.0.0.2:26379', 'answers', 'no quorum'],
    ],
  };
  expect(JSON.stringify(smallEvidence(evidence, createPen('en', sight)))).toMatch(
    /"10\.0\.0\.1:26379 · state: silent".*"10\.0\.0\.2:26379 · state: answers · says: no quorum"/,
  );
});
