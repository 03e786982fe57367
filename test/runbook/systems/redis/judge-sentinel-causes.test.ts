import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/runbook/systems/redis/ask-redis.ts';
import { judgeSentinel } from '../../../../src/runbook/systems/redis/judge-sentinel.ts';
import { all, down, gone, master, nodes, replica, says, view } from './views.ts';

describe('judgeSentinel', () => {
  const silent: Answer<never> = { address: 'm:1', state: 'silent', reason: '' };
  const frozen = [silent, says('r:1', replica())];
  const stray = master({ runId: 'x', offset: 900, history: 'x', previousHistory: 'h', previousOffset: 501 });
  const former = (claimsMasterMs: number) => ({
    ...{ address: 'x:1', flags: ['slave'], linkOk: false, priority: 100 },
    claimsMasterMs,
  });
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
      'a former master just after a planned failover',
      view(all({ replicas: [former(3000)] }), [says('m:1', master()), says('x:1', stray)]),
      'warn',
      undefined,
      'x:1 was master until just now',
    ],
    [
      'a former master that the Sentinels do not attach',
      view(all({ replicas: [former(30_000)] }), [says('m:1', master()), says('x:1', stray)]),
      'fail',
      'split-brain',
      'alone has 400 bytes',
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
      'one Sentinel that was cut off from the others',
      view([{}, {}, { quorumOk: false, quorumText: 'NOQUORUM 1 usable' }]),
      'warn',
      undefined,
      'Sentinel s:2 alone finds no quorum',
    ],
    [
      'one Sentinel that was just started',
      view([{}, {}, { otherSentinels: 0, quorumOk: false, quorumText: 'NOQUORUM 1 usable' }]),
      'warn',
      undefined,
      'Sentinel s:2 knows 0 of the 2 other',
    ],
    [
      'a frozen master while one Sentinel is cut off',
      view([{}, {}, { quorumOk: false, quorumText: 'NOQUORUM 1 usable' }], frozen),
      'fail',
      'master-frozen',
      'have not declared it down yet',
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
});
