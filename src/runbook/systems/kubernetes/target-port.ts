import type { Pod, ServicePort } from './kube-objects.ts';

/** Where a Service's port leads in one pod: the number, and whether a container declares it. */
export type Target = { port: number; declared: boolean };

const portsOf = ({ spec }: Pod) => spec.containers.flatMap(({ ports = [] }) => ports);
const protocolOf = ({ protocol = 'TCP' }: { protocol?: string }) => protocol;

/**
 * Resolves a Service's targetPort in a pod: a number is itself, a name is looked up among the containers' ports of the same
 * protocol; null when the pod has no port of that name, so that it never becomes an endpoint.
 */
export function targetOf(port: ServicePort, pod: Pod): Target | null {
  const target = port.targetPort ?? port.port;
  const candidates = portsOf(pod).filter((one) => protocolOf(one) === protocolOf(port));
  if (typeof target === 'number') {
    return { port: target, declared: candidates.some(({ containerPort }) => containerPort === target) };
  }
  const named = candidates.find(({ name }) => name === target);
  return named === undefined ? null : { port: named.containerPort, declared: true };
}

/** The ports that a pod's containers declare, as people read them: `http 8080, metrics 9090`. */
export const declaredPorts = (pod: Pod): string =>
  portsOf(pod)
    .map(({ name, containerPort }) =>
      name === undefined ? String(containerPort) : `${name} ${containerPort}`,
    )
    .join(', ');

/** A Service's ports as people read them: `http 80 → 8080`. */
export const servicePorts = (ports: readonly ServicePort[]): string =>
  ports
    .map(
      ({ name, port, targetPort }) =>
        `${name === undefined ? '' : `${name} `}${port} → ${targetPort ?? port}`,
    )
    .join(', ');
