import { describe, expect, it } from 'vitest';
import { judgeSentinel } from '../../../../src/runbook/systems/redis/judge-sentinel.ts';
import { all, down, gone, master, nodes, says, view } from './views.ts';

const lagging = [{ address: 'r:1', online: true, lagBytes: 9_000_000, lagSeconds: 1 }];

describe('judgeSentinel', () => {
  it.each([
    ['a healthy set', view(), 'pass', 'follow without lag'],
    [
      'Sentinels that disagree',
      view([{}, {}, { master: 'r:1' }]),
      'fail',
      'disagree about the master: m:1 (2), r:1 (1)',
    ],
    [
      'a failover in progress',
      view(all({ flags: ['s_down', 'o_down', 'failover_in_progress'] }), down),
      'warn',
      'failover is in progress',
    ],
    [
      'a master that is not down for long',
      view(all({}), down),
      'fail',
      'have not declared it down yet (they wait 5s)',
    ],
    [
      'a master only one Sentinel sees down',
      view([{ flags: ['s_down'] }, {}, {}], down),
      'fail',
      '1 Sentinel(s) see it down, 2 must agree',
    ],
    [
      'a master all agree is down',
      view(all({ flags: ['s_down', 'o_down'] }), down),
      'fail',
      'should fail over by themselves',
    ],
    [
      'nobody to promote',
      view(all({ flags: ['o_down'] }), [gone('m:1'), gone('r:1')]),
      'fail',
      'no replica that answers and could be promoted',
    ],
    [
      'only a replica that must not be promoted',
      view(all({ replicas: [{ address: 'r:1', flags: [], linkOk: true, priority: 0 }] }), down),
      'fail',
      'no replica that answers',
    ],
    [
      'Sentinels that cannot reach each other',
      view(all({ quorumOk: false, quorumText: 'NOQUORUM 1 usable' }), down),
      'fail',
      'cannot authorise a failover among themselves (NOQUORUM 1 usable)',
    ],
    [
      'a master that is a replica itself',
      view(all({}), nodes({ role: 'slave' })),
      'fail',
      'no node is master',
    ],
    ['a master that is loading', view(all({}), nodes({ loading: true })), 'fail', 'still loading'],
    ['too few good replicas', view(all({}), nodes({ minReplicas: 2 })), 'fail', 'NOREPLICAS'],
    [
      'no replica',
      view(all({}), nodes({ replicas: [], minReplicas: 0, goodReplicas: null })),
      'warn',
      'no online replica',
    ],
    [
      'a replica that lags by its own word',
      view(all({}), nodes({ replicas: lagging }, { offset: 1_000_000 })),
      'warn',
      'lags 9000000 bytes',
    ],
    [
      'a busy master whose replica is only unheard',
      view(all({}), nodes({ replicas: lagging }, { offset: 9_999_000 })),
      'pass',
      'without lag',
    ],
    [
      'a replica silent for long',
      view(all({}), nodes({ replicas: [{ ...lagging[0]!, lagSeconds: 60 }] })),
      'warn',
      'last seen 60 s ago',
    ],
    [
      'no min-replicas-to-write',
      view(all({}), nodes({ minReplicas: 0, goodReplicas: null })),
      'warn',
      'min-replicas-to-write is 0',
    ],
    [
      'an account that may not read it',
      view(all({}), nodes({ minReplicas: null })),
      'pass',
      'follow without lag',
    ],
    ['two masters', view(all({}), nodes({}, { role: 'master' })), 'fail', 'Split brain: m:1, r:1'],
    [
      'one master under two names',
      view(all({}), [...nodes({}), says('alias:1', master())]),
      'pass',
      'follow without lag',
    ],
  ])('%s', (_, seen, verdict, sentence) => {
    const limits = { master: 'orders', lagBytes: 1_048_576, lagSeconds: 10 };
    const result = judgeSentinel(seen, limits, 'en');
    expect(result, result.sentence).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
    const korean = judgeSentinel(seen, limits, 'ko');
    expect(korean.verdict).toBe(verdict);
    expect(korean.sentence).toMatch(/[가-힣].*[.]$/);
  });

  it.each([
    ['quorum lost and a replica there', view([{ quorumOk: false }], down), true],
    ['quorum there', view(all({}), down), false],
    ['nobody to promote', view([{ quorumOk: false }], [gone('m:1')]), false],
    ['the master answers', view([{ quorumOk: false }]), false],
    [
      'another master is there already',
      view([{ quorumOk: false }], [gone('m:1'), says('r:1', master())]),
      false,
    ],
    ['a failover is under way', view([{ quorumOk: false, flags: ['failover_in_progress'] }], down), false],
  ])('%s: stuck is %s', (_, seen, stuck) => {
    const result = judgeSentinel(seen, { master: 'orders', lagBytes: 1, lagSeconds: 1 }, 'en');
    expect(result.facts?.stuck).toBe(stuck);
  });
});
