/** Why an address gave no answer. */
export type KafkaTrouble =
  | 'unresolved'
  | 'forbidden'
  | 'refused'
  | 'unreachable'
  | 'silent'
  | 'closed'
  | 'denied'
  | 'broken';

/** The ACL resource on which a right is missing, as the broker names it when it refuses. */
export type KafkaResource = 'Cluster' | 'Group' | 'Topic';

/** All messages of an error, its causes and its parts: the library nests the network's own word deep inside. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const codes = (['code', 'apiId', 'serverErrorMessage'] as const).map((key) =>
    key in error ? String((error as unknown as Record<string, unknown>)[key]) : '',
  );
  return [error.message, ...codes, ...parts.map(textOf), error.cause ? textOf(error.cause) : ''].join(' ');
}

/** What kind of trouble an error of the client library is, with a reason for people. */
export function classify(error: unknown): { state: KafkaTrouble; reason: string } {
  const text = textOf(error);
  if (/ECONNREFUSED/.test(text)) return { state: 'refused', reason: 'connection refused' };
  if (/PLT_KFK_AUTHENTICATION|AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED/.test(text))
    return { state: 'denied', reason: 'login or rights refused' };
  if (/Request timed out/.test(text)) return { state: 'silent', reason: 'connected, then silent' };
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|Connection to .* timed out|timed out/i.test(text)) {
    return { state: 'unreachable', reason: 'no connection in time' };
  }
  if (/Connection closed|ECONNRESET/i.test(text)) {
    return { state: 'closed', reason: 'it closed the connection: TLS or SASL may be missing on our side' };
  }
  return { state: 'broken', reason: text.slice(0, 200) };
}

/** The resource an error refuses, or null when it is about something else. */
export function refusedResource(error: unknown): KafkaResource | null {
  const found = /\b(CLUSTER|GROUP|TOPIC)_AUTHORIZATION_FAILED/.exec(textOf(error))?.[1];
  return found === undefined ? null : (`${found[0]}${found.slice(1).toLowerCase()}` as KafkaResource);
}

/**
 * A response in which some topics or partitions carry an error code; the library throws those, with the response inside. Errors
 * of the whole request stay errors.
 */
export async function withErrorCodes<T>(asking: Promise<T>): Promise<T> {
  return asking.catch((error: unknown) => {
    const parts = error instanceof Error && 'errors' in error ? (error.errors as { path?: string }[]) : [];
    const own =
      parts.length > 0 && parts.every(({ path }) => /^\/(topics|groups|results)\//.test(path ?? ''));
    if (own && error instanceof Error && 'response' in error) return error.response as T;
    throw error;
  });
}
