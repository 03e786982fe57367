import type { EndpointsMessages } from './endpoints-messages.ts';
import type { EndpointsView } from './endpoints-view.ts';
import type { Finding } from './finding.ts';
import type { Service } from './kube-objects.ts';

/**
 * Judges what name servers say of a Service's name: its own address, or those of its pods where it is headless. Certain only where
 * the server knows another name of the cluster; otherwise it may simply be the wrong server, or the wrong domain.
 */
export function judgeName(
  { name, names, slices }: EndpointsView,
  { spec }: Service,
  say: EndpointsMessages,
): Finding[] {
  if (names === null || spec.type === 'ExternalName') return [];
  const headless = spec.clusterIP === undefined || spec.clusterIP === 'None';
  const right = headless
    ? slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses))
    : [spec.clusterIP!];
  return names.own.flatMap(({ resolver, says }, index): Finding[] => {
    if (says.state === 'answered') {
      if (says.addresses.some((address) => right.includes(address))) return [];
      const sentence = say.nameWrong(name, resolver, says.addresses.join(', '), right.join(', ') || say.none);
      return [{ verdict: 'fail', sentence, cause: 'service-name-wrong-address' }];
    }
    const knows = names.known[index]?.says.state === 'answered';
    const absent = says.state === 'no-such-name' || says.state === 'no-address';
    // A headless Service without ready pods has no address to give.
    if (!knows || !absent || right.length === 0)
      return [{ verdict: 'unknown', sentence: say.nameNotAsked(resolver) }];
    return [
      { verdict: 'fail', sentence: say.nameUnknown(name, resolver), cause: 'service-name-does-not-resolve' },
    ];
  });
}
