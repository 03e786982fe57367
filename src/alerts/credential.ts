import { safeEqual } from '../kit/signature.ts';

/** What Alertmanager must present: a Bearer token, a user with password, or either of them. */
export type WebhookCredentials = {
  token?: string | undefined;
  user?: string | undefined;
  password?: string | undefined;
};

/** Why a request is not let in, as the end of a sentence; undefined when its credential is right. */
export type CheckCredential = (authorization: string | undefined) => string | undefined;

/**
 * Prepares the check of the `Authorization` header. Secrets are compared in constant time; nothing is ever let in when no credential is
 * configured. The reasons name what was presented by kind and never by value.
 */
export function createCredentialCheck({ token, user, password }: WebhookCredentials): CheckCredential {
  const basic = user && password ? Buffer.from(`${user}:${password}`).toString('base64') : '';
  const expected: Record<string, string> = { bearer: token ?? '', basic };
  const accepted =
    [token && 'Bearer', basic && 'Basic'].filter(Boolean).join(' or ') ||
    'nothing: no credential is configured';
  return (authorization) => {
    if (authorization === undefined) return `there is no Authorization header; accepted: ${accepted}`;
    const space = authorization.indexOf(' ');
    const scheme = authorization.slice(0, Math.max(0, space)).toLowerCase();
    const secret = Object.hasOwn(expected, scheme) ? expected[scheme]! : '';
    if (secret === '') return `this scheme of Authorization is not accepted; accepted: ${accepted}`;
    return safeEqual(authorization.slice(space + 1).trim(), secret) ? undefined : 'the credential is wrong';
  };
}
