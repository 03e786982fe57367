import { Failure } from '../../../kit/failure.ts';
import { withoutQuery } from '../http/probe.ts';
import { readyEndpoints, slicesOf } from './endpoints-view.ts';
import type { Kube } from './kube.ts';
import { orFailure } from './look-at-kube.ts';
import { askProxy, type ProxyAnswer, proxyPath } from './proxy-answer.ts';

/** A Service behind the proxy. */
export type ProxiedAt = { namespace: string; name: string; port: string | number; scheme: string };

/**
 * Sends one request to a Service through the proxy. That it has no endpoint is believed only where its EndpointSlices agree: the
 * proxy sees no endpoints that are not pods, and says the same of a Service that people gave its endpoints by hand.
 */
export async function askProxied(
  kube: Kube,
  { namespace, name, port, scheme }: ProxiedAt,
  path: string,
  init: Parameters<Kube['proxy']>[1],
): Promise<ProxyAnswer | Failure> {
  const answer = await askProxy(
    kube,
    proxyPath(namespace, { kind: 'services', name, port, scheme }, path),
    init,
  );
  if (answer instanceof Failure || answer.is !== 'no-endpoint') return answer;
  const slices = await orFailure(slicesOf(kube, namespace, name));
  const agree = !(slices instanceof Failure) && readyEndpoints(slices) === 0;
  return agree ? answer : { is: 'other', reason: answer.reason };
}

/** The address as a client in the cluster writes it, for people; without the query, which may carry a token. */
export const serviceUrl = ({ namespace, name, port, scheme }: ProxiedAt, path: string): string =>
  `${scheme}://${name}.${namespace}:${port}${withoutQuery(path)}`;
