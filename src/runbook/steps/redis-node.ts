import { z } from 'zod';
import { AddressText } from '../address.ts';
import { Duration, RedisLogin } from '../input.ts';
import { defineStep } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { judgeNodeHealth } from '../systems/redis/judge-node-health.ts';
import { nodeHealth } from '../systems/redis/node-health-view.ts';

const input = z.strictObject({
  nodes: z.array(AddressText).min(1).max(30).describe('All Redis nodes'),
  ...RedisLogin,
  username: RedisLogin.username.describe('ACL user with the rights -@all +info +slowlog|get'),
  warn_percent: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(90)
    .describe('From this share of maxmemory and of maxclients on it is a warning'),
  aof: z.boolean().default(true).describe('Whether the nodes should have an append-only file'),
  patience: Duration.prefault('2s').describe('How long one node may take before it counts as silent'),
});

/** Looks inside Redis nodes, all at once: can they still take and keep writes? */
export const redisNode = defineStep({
  name: 'redis-node',
  about:
    'Reads persistence (AOF, saves), memory and policy, evictions, connections, loading and the slow log of all given Redis nodes at once.',
  effect: 'read',
  input,
  example: {
    nodes: ['10.0.0.1:6379', '10.0.0.2:6379'],
    username: 'muster',
    password: { secretRef: 'ORDERS_REDIS_PASSWORD' },
  },
  targets: ['nodes'],
  timeoutMs: 10_000,
  target: ({ nodes }) => `redis ${nodes.join(' ')}`,
  run: async (input, { signal, secret, language, now }) => {
    const password = input.password && secret(input.password.secretRef);
    const login = { username: input.username, password, tls: input.tls };
    const answers = await Promise.all(
      input.nodes.map((address) => askRedis(address, login, input.patience, signal, nodeHealth)),
    );
    const limits = { percent: input.warn_percent, aof: input.aof, now: now() };
    return judgeNodeHealth(answers, limits, language);
  },
});
