import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import { type Answer, createOutbound } from '../../../kit/outbound.ts';
import { Duration, SecretRef } from '../../input.ts';
import { HttpUrl } from './http-url.ts';

/** How to reach an HTTP API: its address and one way to sign in, a token or a user with a password. */
export const ApiConnection = {
  url: HttpUrl.describe('Base address, with its path prefix where it has one'),
  username: z.string().min(1).nullish().describe('User for Basic authentication'),
  password: SecretRef.nullish().describe('Its password, by the name of the secret'),
  token: SecretRef.nullish().describe('Bearer token, by the name of the secret'),
  patience: Duration.prefault('4s').describe('How long one answer may take'),
};
type ApiInput = {
  url: string;
  username?: string | null | undefined;
  password?: { secretRef: string } | null | undefined;
  token?: { secretRef: string } | null | undefined;
  patience: number;
};

/** One request; `body` makes it a POST of JSON. */
export type ApiRequest = { path: string; query?: [name: string, value: string][]; body?: unknown };

/** Asks the API: any HTTP status is an answer; what gave none is the classified reason. Only a cancelled request throws. */
export type AskApi = (request: ApiRequest) => Promise<Answer | Failure>;

/** A probe must not be answered by our own circuit breaker, and may look at private addresses: the file names its target. */
const outbound = createOutbound({
  maxBytes: 2_097_152,
  allowPrivate: true,
  breaker: (_, work) => work(),
  keepAlive: false,
});

/** Prepares asking one API, with its login resolved; a missing secret is the Failure that names it. */
export function askApi(
  input: ApiInput,
  { secret, signal }: { secret: (name: string) => string; signal: AbortSignal },
): AskApi {
  const authorization = authorizationOf(input, secret);
  const base = input.url.replace(/\/+$/, '');
  return async ({ path, query = [], body }) => {
    const search = new URLSearchParams(query).toString();
    try {
      return await outbound(`${base}${path}${search && `?${search}`}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          // A probe leaves no connection waiting in the pool.
          connection: 'close',
          ...(authorization && { authorization }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        statuses: 'any',
        timeoutMs: input.patience,
        signal,
      });
    } catch (error) {
      if (error instanceof Failure && error.code !== 'cancelled') return error;
      throw error;
    }
  };
}

function authorizationOf(
  { username, password, token }: ApiInput,
  secret: (name: string) => string,
): string | undefined {
  if (token) return `Bearer ${secret(token.secretRef)}`;
  if (!username) return undefined;
  const login = `${username}:${password ? secret(password.secretRef) : ''}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
