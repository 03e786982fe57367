import type { Evidence } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import type { EndpointsMessages } from './endpoints-messages.ts';
import type { EndpointsView } from './endpoints-view.ts';
import type { Pod, Service } from './kube-objects.ts';
import { servicePorts } from './target-port.ts';

/** The table of what stands behind a Service: one row a link of the way, then one a pod. */
export function endpointsEvidence(
  view: EndpointsView,
  service: Service,
  pods: readonly Pod[],
  endpoints: number,
  say: EndpointsMessages,
): Evidence {
  const { type = 'ClusterIP', clusterIP = '', externalName, selector = {}, ports = [] } = service.spec;
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  const all = view.slices.flatMap((slice) => slice.endpoints ?? []).length;
  const rows = [
    [view.name, `${type} ${externalName ?? clusterIP}, ${view.name}.${view.namespace}.svc`],
    [say.rows.ports, servicePorts(ports)],
    [say.rows.selector, `${labels.join(', ') || say.none} → ${say.podCount(pods.length)}`],
    [say.rows.endpoints, say.endpointCount(endpoints, all)],
    [say.rows.policies, policiesText(view, say)],
    ...pods.map((pod) => [pod.metadata.name, `${say.podState(pod)}; ${say.rows.ports} ${say.declares(pod)}`]),
    ...view.direct.map(({ pod, target, answer }) => [
      `${pod}:${target.port}`,
      answer instanceof Failure
        ? say.notAsked(answer)
        : answer.is === 'answered'
          ? say.answered(answer.status)
          : answer.reason,
    ]),
  ];
  const names = (view.names?.own ?? []).map(({ resolver, says }) => [
    `${say.rows.resolver} ${resolver}`,
    says.state === 'answered' ? says.addresses.join(', ') : says.state,
  ]);
  return { columns: say.columns, rows: [...rows, ...names] };
}

function policiesText({ policies }: EndpointsView, say: EndpointsMessages): string {
  if (policies instanceof Failure) return say.notAsked(policies);
  return policies.map(({ metadata }) => metadata.name).join(', ') || say.none;
}
