import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/runbook/systems/redis/ask-redis.ts';
import type { NodeSays } from '../../../../src/runbook/systems/redis/node-says.ts';
import { proveStray } from '../../../../src/runbook/systems/redis/prove-stray.ts';
import type { SentinelSays } from '../../../../src/runbook/systems/redis/sentinel-says.ts';
import type { SentinelView } from '../../../../src/runbook/systems/redis/sentinel-view.ts';
import { master, replica, says, sentinel } from './views.ts';

const stray = (more: Partial<NodeSays> = {}) => says('x:1', master({ runId: 'x', ...more }));
const healthy = [says('m:1', master()), says('r:1', replica())];
const silent = (address: string): Answer<never> => ({ address, state: 'silent', reason: '' });
const view = (
  nodes: Answer<NodeSays>[],
  sentinels: (Partial<SentinelSays> | null)[] = [{}, {}, {}],
): SentinelView => ({
  sentinels: sentinels.map((one, n) => (one === null ? silent(`s:${n}`) : says(`s:${n}`, sentinel(one)))),
  nodes,
  masterHeardBy: [],
});

describe('proveStray', () => {
  it('proves the one master beside the one that all Sentinels name, in the words of the Sentinels', () => {
    const found = proveStray(view([...healthy, stray()]), undefined);
    expect(found).toMatchObject({
      address: 'x:1',
      master: { address: 'm:1', host: 'm', port: 1 },
      votes: 3,
      sentinels: 3,
    });
  });

  it.each([
    ['two of three Sentinels are a majority', view([...healthy, stray()], [{}, {}, null]), undefined, 'x:1'],
    ['one of three is none', view([...healthy, stray()], [{}, null, null]), undefined, 'no-majority'],
    [
      'Sentinels that each name another',
      view([...healthy, stray()], [{}, { master: 'x:1' }, { master: 'r:1' }]),
      undefined,
      'no-majority',
    ],
    [
      'a failover under way',
      view([...healthy, stray()], [{ flags: ['master', 'failover_in_progress'] }, {}, {}]),
      undefined,
      'failover',
    ],
    ['the named master is silent', view([silent('m:1'), stray()]), 'x:1', 'master-not-master'],
    [
      'the named master loads',
      view([says('m:1', master({ loading: true })), stray()]),
      'x:1',
      'master-not-master',
    ],
    ['the named master is a replica', view([says('m:1', replica()), stray()]), 'x:1', 'master-not-master'],
    ['nobody is stray', view(healthy), undefined, 'no-stray'],
    [
      'two are stray',
      view([...healthy, stray(), says('y:1', master({ runId: 'y' }))]),
      undefined,
      'several-strays',
    ],
    ['the master itself is meant', view(healthy), 'm:1', 'is-the-master'],
    [
      'the master is meant by another name',
      view([...healthy, says('alias:1', master())]),
      'alias:1',
      'is-the-master',
    ],
    ['a replica is meant', view(healthy), 'r:1', 'node-is-replica'],
    ['a node that nobody asked', view(healthy), 'z:1', 'node-silent'],
  ])('%s', (_, seen, node, expected) => {
    const found = proveStray(seen, node);
    expect(typeof found === 'string' ? found : found.address).toBe(expected);
  });
});
