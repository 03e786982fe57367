import { Failure, reasonOf } from '../../../kit/failure.ts';
import { failureOfTransport } from '../../../kit/outbound-failure.ts';

/** The API server's own words when it refuses (`kind: Status`), see https://kubernetes.io/docs/reference/using-api/api-concepts/. */
export type KubeStatus = {
  kind: 'Status';
  status: 'Failure';
  message?: string;
  reason?: string;
  code?: number;
};

/** The Status in an answer; undefined when the text is something else, for example an application's answer through the proxy. */
export function statusIn(text: string): KubeStatus | undefined {
  if (!text.startsWith('{') || text.length > 65_536) return undefined;
  try {
    const value = JSON.parse(text) as KubeStatus;
    return value.kind === 'Status' && value.status === 'Failure' ? value : undefined;
  } catch {
    return undefined;
  }
}

const denied =
  /cannot ([a-z]+) (?:resource|path) "([^"]+)"(?: in API group "([^"]*)")?(?: in the namespace "([^"]+)")?/;

/** The grant that a 403 says is missing, as `list pods in namespace shop`; undefined when its message names none. */
export function missingGrant(message: string): string | undefined {
  const [, verb, resource, group, namespace] = denied.exec(message) ?? [];
  if (verb === undefined) return undefined;
  const named = group ? `${resource}.${group}` : resource;
  return `${verb} ${named}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

type Kind = { code: string; what: string; remedy: string; retry?: 'never' };

/** What each kind of refusal means and what to do, by the HTTP status it comes with. */
const kinds: Record<number, Kind> = {
  400: {
    code: 'kube-bad-request',
    what: 'Kubernetes refused the request',
    remedy: 'Its message says why.',
    retry: 'never',
  },
  401: {
    code: 'kube-unauthorised',
    what: 'Kubernetes does not know the account',
    remedy: 'Check the token or certificate and whether it has expired.',
    retry: 'never',
  },
  403: {
    code: 'kube-forbidden',
    what: 'The Kubernetes account may not do this',
    remedy: 'Give its Role that verb on that resource.',
    retry: 'never',
  },
  404: {
    code: 'kube-not-found',
    what: 'Kubernetes has no such object',
    remedy: 'Check name and namespace.',
    retry: 'never',
  },
  409: {
    code: 'kube-conflict',
    what: 'The object changed in between or is there already',
    remedy: 'Look at it again before trying again.',
  },
  422: {
    code: 'kube-invalid',
    what: 'Kubernetes found the object invalid',
    remedy: 'Its message says why.',
    retry: 'never',
  },
};

/** The Failure for an answer that is no success; `asked` is method and path for where the server says nothing. */
export function failureOfAnswer(status: number, text: string, asked: string): Failure {
  const said = statusIn(text);
  const kind = kinds[status];
  const message = (said?.message ?? '').slice(0, 300);
  if (kind) {
    const value = (status === 403 ? missingGrant(message) : undefined) ?? (message || asked);
    return new Failure({ ...kind, value });
  }
  return new Failure({
    code: status === 429 || status >= 500 ? 'kube-unavailable' : 'kube-refused',
    what: `Kubernetes answered HTTP ${status}`,
    value: message || asked,
    remedy: 'Check that the address is the API server and that it is well.',
  });
}

const codes: Record<string, string> = {
  timeout: 'kube-timeout',
  refused: 'kube-unreachable',
  tls: 'kube-tls',
  'connection-lost': 'kube-connection-lost',
};

/** The Failure for a request that got no whole answer; a `Failure` that is already ours passes through. */
export function failureOfNoAnswer(error: unknown, server: string, patienceMs: number): Failure {
  const failure = failureOfTransport(error, server, patienceMs);
  const known = codes[failure.code];
  if (known === undefined) return failure;
  // A host that accepts and then says nothing, frozen in the handshake, and one that is cut off look the same.
  const late = (error as { code?: unknown }).code === 'UND_ERR_CONNECT_TIMEOUT';
  const code = late ? 'kube-timeout' : known;
  return new Failure({
    code,
    what:
      code === 'kube-timeout'
        ? `The API server gave no answer within ${patienceMs} ms`
        : 'The API server cannot be reached',
    value: code === 'kube-timeout' ? server : `${server}: ${reasonOf(error)}`,
    remedy: failure.remedy,
    cause: error,
  });
}
