import { Failure } from '../../../kit/failure.ts';
import type { Kube } from './kube.ts';
import { statusIn } from './kube-failure.ts';
import { orFailure } from './look-at-kube.ts';

/**
 * What came back through the API server's proxy: the application's own answer, or why the API server got none. `closed` is
 * certain (nobody listens on the port), `no-endpoint` too once `askProxied` has looked; `silent` may also mean that the
 * control plane's network does not reach pods, and `other` that it knows no Endpoints object of a Service that exists.
 */
export type ProxyAnswer =
  | { is: 'answered'; status: number; text: string }
  | { is: 'closed' | 'no-endpoint' | 'silent' | 'other'; reason: string };

/** Tells the application's answers from the API server's own (`error trying to reach service: …`, apimachinery's proxy handler). */
export function readProxy({ status, text }: { status: number; text: string }): ProxyAnswer {
  const said = statusIn(text);
  const reason =
    said?.message ?? (text.startsWith('error trying to reach service: ') ? text.slice(0, 300) : undefined);
  if (reason === undefined) return { is: 'answered', status, text };
  if (/no endpoints available/.test(reason)) return { is: 'no-endpoint', reason };
  if (/connection refused/.test(reason)) return { is: 'closed', reason };
  if (/time-?out|deadline exceeded|no route to host|unreachable/i.test(reason))
    return { is: 'silent', reason };
  return { is: 'other', reason };
}

/** The path of a pod or a service behind the proxy (`pods/NAME:PORT`, `services/https:NAME:PORT`), with the path to ask there. */
export const proxyPath = (
  namespace: string,
  {
    kind,
    name,
    port,
    scheme = 'http',
  }: { kind: 'pods' | 'services'; name: string; port: string | number; scheme?: string },
  path: string,
): string =>
  `/api/v1/namespaces/${namespace}/${kind}/${scheme === 'https' ? 'https:' : ''}${name}:${port}/proxy${path}`;

/** Sends one request through the proxy. A time-out counts as silence, other Failures (a missing grant) are the answer. */
export async function askProxy(
  kube: Kube,
  path: string,
  init?: Parameters<Kube['proxy']>[1],
): Promise<ProxyAnswer | Failure> {
  const answer = await orFailure(kube.proxy(path, init));
  if (!(answer instanceof Failure)) return readProxy(answer);
  return answer.code === 'kube-timeout' ? { is: 'silent', reason: answer.message } : answer;
}
