import { z } from 'zod';
import { durationPattern, parseDuration } from '../kit/duration.ts';
import { AddressText } from './address.ts';

/** A duration in a step's input (`500ms`, `30s`, `5m`), in milliseconds once parsed. */
export const Duration = z
  .string()
  .regex(durationPattern, 'must be a duration such as 30s or 5m')
  .transform((text) => parseDuration(text) ?? 0);

/** A secret by the name it has in the environment; the value never stands in a file, a job or the log. */
export const SecretRef = z.strictObject(
  { secretRef: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable') },
  {
    error: ({ code, input }) =>
      code === 'invalid_type' && input !== undefined
        ? 'must be { secretRef: NAME }; a secret is named, never written'
        : undefined,
  },
);

/** May be left out, or null: what a runbook's parameter says by `default: null` when the service gives it no value. */
const orNull = <T>(type: z.ZodType<T>) => type.nullish().transform((value) => value ?? undefined);

/** How to sign in to a Redis or a Sentinel. */
export const RedisLogin = {
  username: orNull(z.string()).describe('ACL user of Redis'),
  password: orNull(SecretRef).describe('Its password, by the name of the secret'),
  tls: z.boolean().default(false).describe('Connect with TLS'),
};

/** The Sentinels of a Redis; their own login is separate from the data nodes'. */
export const Sentinels = {
  sentinels: z.array(AddressText).min(1).max(15).describe('Addresses of all Sentinels'),
  master: z.string().min(1).max(100).describe('The name the Sentinels watch the master under'),
  sentinel_username: orNull(z.string()).describe('ACL user of the Sentinels'),
  sentinel_password: orNull(SecretRef).describe('Its password, by the name of the secret'),
};

/** One Redis: an address, or the master that Sentinels name. */
export const RedisConnection = z
  .strictObject({
    address: AddressText.optional(),
    ...Sentinels,
    sentinels: Sentinels.sentinels.optional(),
    master: Sentinels.master.optional(),
    ...RedisLogin,
  })
  .refine(
    ({ address, sentinels, master }) =>
      (address !== undefined) !== (sentinels !== undefined) &&
      (sentinels === undefined) === (master === undefined),
    { message: 'needs either address, or sentinels and master' },
  );
export type RedisConnection = z.infer<typeof RedisConnection>;

/** Names the Redis behind Sentinels for the lock, the preview and the typed confirmation, however its Sentinels are ordered. */
export const sentinelTarget = ({
  sentinels,
  master,
}: {
  sentinels: readonly string[];
  master: string;
}): string => `redis-sentinel ${master} at ${sentinels.toSorted()[0]}`;

/** Names a stream, or one of its groups, in the Redis that has it. */
export function streamTarget(input: {
  redis: RedisConnection;
  stream: string;
  group?: string | null | undefined;
}): string {
  const { address, sentinels = [], master = '' } = input.redis;
  const place = address ?? sentinelTarget({ sentinels, master });
  return ['redis-stream', input.stream, ...(input.group ? [input.group] : []), 'at', place].join(' ');
}
