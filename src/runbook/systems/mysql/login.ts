import { z } from 'zod';
import { SecretRef } from '../../input.ts';

/** How to sign in to a MySQL or MariaDB server. */
export const MysqlLogin = {
  username: z.string().min(1).max(80).describe('Account of the server'),
  password: SecretRef.nullish()
    .transform((reference) => reference ?? undefined)
    .describe('Its password, by the name of the secret'),
  tls: z
    .boolean()
    .default(false)
    .describe('Connect with TLS; the certificate must be trusted, and valid for the name in the address'),
};

/** A login with its secret resolved; it exists only while a step runs. */
export type Login = { username: string; password: string | undefined; tls: boolean };

/** Resolves the secret of a step's login. */
export const loginOf = (
  input: { username: string; password?: { secretRef: string } | undefined; tls: boolean },
  secret: (name: string) => string,
): Login => ({
  username: input.username,
  password: input.password && secret(input.password.secretRef),
  tls: input.tls,
});
