import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/runbook/redis/ask-redis.ts';
import { judgeSentinel } from '../../../src/runbook/redis/judge-sentinel.ts';
import type { NodeSays } from '../../../src/runbook/redis/node-says.ts';
import type { SentinelSays } from '../../../src/runbook/redis/sentinel-says.ts';
import type { SentinelView } from '../../../src/runbook/redis/sentinel-view.ts';
import { master, replica, says, sentinel } from './views.ts';

const gone = (address: string): Answer<never> => ({
  address,
  state: 'refused',
  reason: 'connection refused',
});

function view(
  sentinels: Partial<SentinelSays>[] = [{}, {}, {}],
  nodes: Answer<NodeSays>[] = [says('m:1', master()), says('r:1', replica())],
  masterHeardBy: string[] = [],
): SentinelView {
  return {
    sentinels: sentinels.map((one, index) => says(`s:${index}`, sentinel(one))),
    nodes,
    masterHeardBy,
  };
}

const down = [gone('m:1'), says('r:1', replica())];
const all = (more: Partial<SentinelSays>) => [more, more, more];
const nodes = (own: Partial<NodeSays>, follower: Partial<NodeSays> = {}) => [
  says('m:1', master(own)),
  says('r:1', replica(follower)),
];
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

  const silent: Answer<never> = { address: 'm:1', state: 'silent', reason: '' };
  const frozen = [silent, says('r:1', replica())];
  const stray = master({ runId: 'x', offset: 900, history: 'x', previousHistory: 'h', previousOffset: 501 });
  it.each([
    ['a master that refuses connections', view(all({}), down), 'fail', 'master-crashed', 'refused'],
    ['a master that is silent to all', view(all({}), frozen), 'fail', 'master-frozen', 'silent'],
    [
      'a master that answers Sentinels, not us',
      view(all({}), frozen, ['s:1']),
      'fail',
      'master-partitioned',
      'its process is alive',
    ],
    [
      'a worker that reaches no Redis node',
      view(all({}), [silent], ['s:1']),
      'unknown',
      undefined,
      'this worker needs a way',
    ],
    [
      'two masters',
      view(all({}), [says('m:1', master()), says('x:1', stray)]),
      'fail',
      'split-brain',
      'x:1 holds 3 keys and alone has 400 bytes of writes',
    ],
    [
      'two masters without a common history',
      view(all({}), [says('m:1', master()), says('x:1', { ...stray, previousHistory: '' })]),
      'fail',
      'split-brain',
      'how many writes it alone has is not known',
    ],
    ['Sentinels that disagree', view([{}, {}, { master: 'r:1' }]), 'fail', 'sentinels-disagree', 'r:1 (1)'],
    [
      'quorum lost by their own word',
      view([{ quorumOk: false, quorumText: 'NOQUORUM 1 usable' }]),
      'fail',
      'quorum-lost',
      '2 of 3 Sentinels are unreachable',
    ],
    [
      'Sentinels that do not know each other',
      view(all({ otherSentinels: 0, quorumOk: false, quorumText: 'NOQUORUM' })),
      'fail',
      'sentinels-unaware',
      'cannot authorise',
    ],
    [
      'one Sentinel that knows too few',
      view([{}, {}, { otherSentinels: 1 }]),
      'warn',
      undefined,
      's:2 knows 1 of the 2',
    ],
    [
      'nobody to promote',
      view(all({ flags: ['o_down'] }), [gone('m:1'), gone('r:1')]),
      'fail',
      'no-promotable-replica',
      'no replica',
    ],
    [
      'an agreement without a failover',
      view(all({ flags: ['s_down', 'o_down'], objectivelyDownMs: 15_000 }), down),
      'fail',
      'failover-stuck',
      'agreed 15s ago',
    ],
    [
      'a failover that takes too long',
      view(all({ flags: ['o_down', 'failover_in_progress'], objectivelyDownMs: 25_000 }), down),
      'fail',
      'failover-stuck',
      'agreed 25s ago',
    ],
    [
      'a replica without its link',
      view(all({}), nodes({}, { linkUp: false, linkDownSeconds: 9 })),
      'fail',
      'replica-link-down',
      'no link to m:1 for 9s',
    ],
    [
      'a link that just went',
      view(all({}), nodes({}, { linkUp: false, linkDownSeconds: 2 })),
      'warn',
      undefined,
      'no link to m:1 for 2s',
    ],
    [
      'a replica that never had its link',
      view(all({}), nodes({}, { linkUp: false, linkDownSeconds: null })),
      'warn',
      undefined,
      'no link to m:1 since it was attached',
    ],
    [
      'a replica that takes a full copy',
      view(all({}), nodes({}, { linkUp: false })),
      'warn',
      undefined,
      'full copy',
    ],
    [
      'no good replica',
      view(all({}), nodes({ goodReplicas: 0 })),
      'fail',
      'min-replicas-unmet',
      'NOREPLICAS',
    ],
    [
      'no good replica, and the minimum may not be read',
      view(all({}), nodes({ goodReplicas: 0, minReplicas: null })),
      'fail',
      'min-replicas-unmet',
      'NOREPLICAS',
    ],
    ['a master that loads', view(all({}), nodes({ loading: true })), 'fail', 'master-loading', 'loading'],
    [
      'Sentinels behind a switch by hand',
      view(all({}), [says('m:1', replica({ runId: 'm' })), says('r:1', master({ runId: 'r' }))]),
      'fail',
      'sentinels-name-a-replica',
      'r:1 is master',
    ],
    ['no master at all', view(all({}), nodes({ role: 'slave' })), 'fail', 'no-master', 'no node is master'],
    [
      'a minimum that is not set, which nobody needs CONFIG for',
      view(all({}), nodes({ minReplicas: null, goodReplicas: null })),
      'warn',
      undefined,
      'min-replicas-to-write is 0',
    ],
  ])('%s: the cause is certain or not named', (_, seen, verdict, cause, sentence) => {
    const result = judgeSentinel(seen, { master: 'orders', lagBytes: 1_048_576, lagSeconds: 10 }, 'en');
    expect({ verdict: result.verdict, cause: result.cause }, result.sentence).toEqual({ verdict, cause });
    expect(result.sentence).toContain(sentence);
    expect(judgeSentinel(seen, { master: 'orders', lagBytes: 1, lagSeconds: 10 }, 'ko').sentence).toMatch(
      /[가-힣].*[.]$/,
    );
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
