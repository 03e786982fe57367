import { z } from 'zod';
import { AddressText } from '../../address.ts';
import { SecretRef } from '../../input.ts';
import type { KafkaLogin } from './dial-broker.ts';

/** How to sign in to a Kafka listener; listeners of one cluster often differ in this. */
export const KafkaSignIn = {
  username: z.string().optional().describe('SASL user'),
  password: SecretRef.optional().describe('SASL password, by the name of its secret'),
  mechanism: z
    .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
    .default('SCRAM-SHA-512')
    .describe('SASL mechanism'),
  tls: z.boolean().default(false).describe('Connect with TLS'),
};

/** One Kafka cluster: where to connect first, and how to sign in. */
export const KafkaConnection = z.strictObject({
  bootstrap: z.array(AddressText).min(1).max(10).describe('Where to connect first; name several'),
  ...KafkaSignIn,
});

type SignIn = {
  username?: string | undefined;
  password?: { secretRef: string } | undefined;
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  tls: boolean;
};

/** Resolves the secret of a login; a missing secret is the Failure that names it. */
export function loginOf(
  { username, password, mechanism, tls }: SignIn,
  secret: (name: string) => string,
): KafkaLogin {
  if (username === undefined || password === undefined) return { tls };
  return { tls, sasl: { mechanism, username, password: secret(password.secretRef) } };
}
