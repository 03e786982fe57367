import { createHash, createPublicKey, verify } from 'node:crypto';
import { ApiError, notFound } from './api-error.ts';
import { idOf, type User } from './repository.ts';

/** A registered App: its bot acts as `slug[bot]`. `publicKey` is PEM (a private key is accepted and reduced to it). */
export type App = { id: number; slug: string; publicKey: string; installationId: number };

/** A personal access token: who acts, and whether it may write. */
export type Token = { login: string; access: 'read' | 'write' };

/** Who calls: a user or bot with rights on the repository, or an App proving itself with a JWT. */
export type Caller =
  | { kind: 'user'; user: User; access: 'read' | 'write'; integration: boolean }
  | { kind: 'app'; app: App };

/** Checks credentials and issues installation tokens. */
export type Auth = {
  identify(authorization: string | undefined): Caller;
  issue(app: App): { token: string; expiresAt: number };
};

const tokenLife = 60 * 60_000;

/** The bot account of an App. */
export const botOf = (app: App): User => ({
  login: `${app.slug}[bot]`,
  id: idOf(app.slug),
  name: app.slug,
  type: 'Bot',
});

/** Creates the check for `Authorization: Bearer|token …`: personal tokens, App JWTs (RS256, at most 10 min) and installation tokens (1 h). */
export function createAuth(options: {
  tokens: Record<string, Token>;
  apps: App[];
  users: User[];
  now: () => number;
}): Auth {
  const issued = new Map<string, { app: App; expiresAt: number }>();
  const badCredentials = () => new ApiError(401, 'Bad credentials');

  function identifyApp(jwt: string): Caller {
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const undecodable = () => new ApiError(401, 'A JSON web token could not be decoded');
    let claims: { iss?: string | number; exp?: number; iat?: number };
    try {
      claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    } catch {
      throw undecodable();
    }
    const app = options.apps.find((one) => String(one.id) === String(claims.iss));
    if (!app) throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer");
    const key = createPublicKey(app.publicKey);
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
      throw undecodable();
    const seconds = options.now() / 1000;
    if (!claims.exp || claims.exp < seconds)
      throw new ApiError(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    if (claims.exp > seconds + 600)
      throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
    return { kind: 'app', app };
  }

  return {
    identify(authorization) {
      if (!authorization) throw new ApiError(401, 'Requires authentication');
      const token = /^(?:bearer|token) (.+)$/i.exec(authorization)?.[1] ?? '';
      if (token.split('.').length === 3) return identifyApp(token);
      const installation = issued.get(token);
      if (installation && installation.expiresAt > options.now())
        return { kind: 'user', user: botOf(installation.app), access: 'write', integration: true };
      const known = Object.hasOwn(options.tokens, token) ? options.tokens[token] : undefined;
      const user = known && options.users.find((one) => one.login === known.login);
      if (!known || !user) throw badCredentials();
      return { kind: 'user', user, access: known.access, integration: false };
    },
    issue(app) {
      const seed = `${app.id}:${issued.size}:${options.now()}`;
      const token = `ghs_${createHash('sha256').update(seed).digest('hex').slice(0, 36)}`;
      const expiresAt = options.now() + tokenLife;
      issued.set(token, { app, expiresAt });
      return { token, expiresAt };
    },
  };
}

/** The user behind a call that only a user or an installation may make; `write` asks for push rights. */
export function actorOf(caller: Caller, write: boolean): User {
  if (caller.kind === 'app') throw notFound();
  if (write && caller.access !== 'write')
    throw new ApiError(
      403,
      caller.integration
        ? 'Resource not accessible by integration'
        : 'Resource not accessible by personal access token',
    );
  return caller.user;
}
