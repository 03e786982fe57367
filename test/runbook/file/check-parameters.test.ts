import { expect, it } from 'vitest';
import { checkParameters } from '../../../src/runbook/file/check-parameters.ts';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { catalogue } from '../../../src/runbook/registry.ts';

const { runbook } = await loadRunbook('runbooks/redis-sentinel.yaml', catalogue);

it.each([
  ['everything is there', { sentinels: ['a:1'] }, []],
  [
    'one is missing',
    {},
    ['runbook redis-sentinel needs the parameter sentinels (Addresses of all Sentinels)'],
  ],
  ['a value no step accepts', { sentinels: ['nowhere'] }, 'some'],
])('%s', (_, service, expected) => {
  const problems = checkParameters(runbook!, catalogue, service as never);
  if (expected === 'some')
    expect(problems).toContainEqual(
      expect.stringMatching(/^step sentinel of runbook redis-sentinel: sentinels/),
    );
  else expect(problems).toEqual(expected);
});
