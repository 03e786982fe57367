import { Failure } from '../../../kit/failure.ts';
import type { CalledAddress } from './called-addresses.ts';
import { readyEndpoints, slicesOf } from './endpoints-view.ts';
import type { Kube } from './kube.ts';
import type { Service } from './kube-objects.ts';
import { orFailure } from './look-at-kube.ts';

/** What a called address is in this cluster; `outside` and `unreadable` are never held against anybody. */
export type CallCheck = CalledAddress &
  (
    | { state: 'right'; service: string; namespace: string }
    | { state: 'no-endpoint'; service: string; namespace: string }
    | { state: 'outside' }
    | { state: 'unreadable'; why: string }
    | { state: 'no-service'; service: string; namespace: string; meant: string | null }
    | { state: 'no-port'; service: string; namespace: string; ports: number[] }
  );

/** A host as cluster DNS reads it; `sure` where it cannot be a name outside (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */
function clusterName(
  host: string,
  namespace: string,
): { service: string; namespace: string; sure: boolean } | null {
  const labels = host.replace(/\.$/, '').split('.');
  const [service = '', other, third] = labels;
  if (/^\d+$/.test(labels.at(-1) ?? '') || host === 'localhost') return null;
  if (labels.length === 1) return { service, namespace, sure: true };
  if (third === 'svc') return { service, namespace: other!, sure: true };
  return labels.length === 2 ? { service, namespace: other!, sure: false } : null;
}

/**
 * Compares what a pod in `namespace` calls with the Services that exist, the ports they have and the endpoints behind them. Needs
 * `list services` and `list endpointslices` there, and in every other namespace that an address names.
 */
export async function checkCalls(
  kube: Kube,
  namespace: string,
  calls: readonly CalledAddress[],
): Promise<CallCheck[]> {
  const named = calls.map((call) => ({ call, name: clusterName(call.host, namespace) }));
  const namespaces = [...new Set(named.flatMap(({ name }) => name?.namespace ?? []))];
  const known = Object.fromEntries(
    await Promise.all(
      namespaces.map(async (one) => {
        const found = await orFailure(kube.list<Service>(`/api/v1/namespaces/${one}/services`));
        return [one, found] as const;
      }),
    ),
  );
  const compared = named.map(({ call, name }): CallCheck => {
    if (name === null) return { ...call, state: 'outside' };
    const services = known[name.namespace]!;
    if (services instanceof Failure) {
      return name.sure
        ? { ...call, state: 'unreadable', why: services.value ?? services.code }
        : { ...call, state: 'outside' };
    }
    return compare(call, name, services);
  });
  return Promise.all(compared.map((one) => (one.state === 'right' ? answered(kube, one) : one)));
}

/** Whether somebody is behind a Service that is called rightly; one that has no EndpointSlices at all is left to others. */
async function answered(kube: Kube, call: Extract<CallCheck, { state: 'right' }>): Promise<CallCheck> {
  const slices = await orFailure(slicesOf(kube, call.namespace, call.service));
  if (slices instanceof Failure || slices.length === 0) return call;
  return readyEndpoints(slices) > 0 ? call : { ...call, state: 'no-endpoint' };
}

function compare(
  call: CalledAddress,
  { service, namespace, sure }: NonNullable<ReturnType<typeof clusterName>>,
  services: readonly Service[],
): CallCheck {
  const found = services.find(({ metadata }) => metadata.name === service);
  if (found === undefined) {
    // `shop.example` may be a domain: only a namespace with Services says that it is not.
    if (!sure && services.length === 0) return { ...call, state: 'outside' };
    const meant = nearest(
      service,
      services.map(({ metadata }) => metadata.name),
    );
    return { ...call, state: 'no-service', service, namespace, meant };
  }
  const { type, clusterIP, ports = [] } = found.spec;
  const numbers = ports.map(({ port }) => port);
  // A headless Service has no ports of its own: its names lead to pods directly.
  const any = type === 'ExternalName' || clusterIP === 'None' || call.port === null;
  if (any || numbers.includes(call.port!)) return { ...call, state: 'right', service, namespace };
  return { ...call, state: 'no-port', service, namespace, ports: numbers };
}

/** The existing name that a misspelt one most likely meant: at most two edits away, or one contains the other. */
export function nearest(wrong: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, edits: editsBetween(wrong, name) }))
    .filter(({ name, edits }) => edits <= 2 || name.startsWith(`${wrong}-`) || wrong.startsWith(`${name}-`))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name ?? null;
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
