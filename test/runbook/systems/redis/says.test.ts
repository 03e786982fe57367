import { expect, it } from 'vitest';
import { nodeSays } from '../../../../src/runbook/systems/redis/node-says.ts';
import { sentinelSays } from '../../../../src/runbook/systems/redis/sentinel-says.ts';

it('writes IPv6 addresses so that they can be dialled', async () => {
  const sentinel = await sentinelSays(async (_, what) => {
    if (what === 'MASTER') return ['ip', 'fd00::1', 'port', '6379'];
    return what === 'REPLICAS' ? [['ip', 'fd00::2', 'port', '6379']] : 'OK';
  }, 'm');
  expect(sentinel).toMatchObject({ master: '[fd00::1]:6379', replicas: [{ address: '[fd00::2]:6379' }] });
  const info =
    'role:slave\r\nmaster_host:fd00::1\r\nmaster_port:6379\r\nslave0:ip=fd00::2,port=6379,state=online';
  expect(await nodeSays(async (_, what) => (what === 'replication' ? info : ''))).toMatchObject({
    follows: '[fd00::1]:6379',
    replicas: [{ address: '[fd00::2]:6379' }],
  });
});
