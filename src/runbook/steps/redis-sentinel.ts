import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration, RedisLogin, Sentinels, sentinelTarget } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeSentinel } from '../systems/redis/judge-sentinel.ts';
import { targetsOf, viewSentinel } from '../systems/redis/sentinel-view.ts';

/** Whom the Sentinel steps ask. */
export const SentinelInput = z.strictObject({
  ...Sentinels,
  nodes: z
    .array(AddressText)
    .max(30)
    .default([])
    .describe('The known set; what the Sentinels name beyond it is asked as well'),
  ...RedisLogin,
  username: RedisLogin.username.describe('ACL user of Redis with the rights -@all +info'),
  sentinel_username: Sentinels.sentinel_username.describe(
    'ACL user of the Sentinels with the rights -@all +sentinel|master +sentinel|replicas +sentinel|ckquorum',
  ),
  patience: Duration.prefault('1s').describe('How long one node may take before it counts as silent'),
});

const input = SentinelInput.extend({
  max_lag_bytes: z.number().int().min(0).default(1_048_576).describe('A replica further behind is a warning'),
  max_lag: Duration.prefault('10s').describe(
    'A replica silent for longer is a warning (min-replicas-max-lag)',
  ),
});

/** Looks at a Redis behind Sentinels from all its sides at once and says why nothing moved by itself. */
export const redisSentinel = defineStep({
  name: 'redis-sentinel',
  about:
    'Reads every Sentinel and every Redis node: quorum, agreement on the master, exactly one master, replicas and lag, min-replicas-to-write, a failover in progress.',
  effect: 'read',
  input,
  example: {
    sentinels: ['10.0.0.1:26379', '10.0.0.2:26379', '10.0.0.3:26379'],
    master: 'orders',
    nodes: ['10.0.0.1:6379', '10.0.0.2:6379', '10.0.0.3:6379'],
    password: { secretRef: 'ORDERS_REDIS_PASSWORD' },
  },
  targets: ['sentinels', 'nodes'],
  timeoutMs: 10_000,
  target: sentinelTarget,
  run: async (input, { signal, secret, language }) => {
    const view = await viewSentinel(targetsOf(input, secret), signal);
    const limits = { master: input.master, lagBytes: input.max_lag_bytes, lagSeconds: input.max_lag / 1000 };
    return judgeSentinel(view, limits, language);
  },
});
