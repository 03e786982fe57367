import { z } from 'zod';
import { AddressText } from '../../address.ts';
import { Duration, SecretRef } from '../../input.ts';
import type { PostgresLogin } from './ask-postgres.ts';

/** Which PostgreSQL nodes the steps ask, and as whom. */
export const PostgresNodes = {
  nodes: z
    .array(AddressText)
    .min(1)
    .max(15)
    .describe('The primary and all its standbys, also those that are down; directly, not through a pooler'),
  username: z.string().min(1).max(63).default('muster').describe('The role to log in as'),
  password: SecretRef.nullish().describe('Its password, by the name of the secret'),
  database: z.string().min(1).max(63).default('postgres').describe('The database to log in to'),
  tls: z.boolean().default(false).describe('Connect with TLS, and check the certificate'),
  patience: Duration.prefault('2s').describe('How long one node may take before it counts as silent'),
};

/** Resolves the login of an input; a missing secret is the Failure that names it. */
export function loginOf(
  input: {
    username: string;
    password?: z.infer<typeof SecretRef> | null | undefined;
    database: string;
    tls: boolean;
  },
  secret: (name: string) => string,
): PostgresLogin {
  const { username, password, database, tls } = input;
  return { username, password: password ? secret(password.secretRef) : undefined, database, tls };
}
