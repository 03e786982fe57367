import type { LabelSelector, Meta, Pod } from './kube-objects.ts';
import { selects } from './labels.ts';

type PolicyPort = { protocol?: string; port?: number | string; endPort?: number };

/** A NetworkPolicy, as far as it concerns what may reach a pod. */
export type NetworkPolicy = {
  metadata: Meta;
  spec: {
    podSelector: LabelSelector;
    policyTypes?: string[];
    ingress?: { ports?: PolicyPort[]; from?: unknown[] }[];
  };
};

/**
 * The policies that select a pod for incoming traffic while none of them admits anybody to the port: together they close it,
 * because what one policy allows counts for all (https://kubernetes.io/docs/concepts/services-networking/network-policies/).
 * Empty when the port is open to somebody; whom exactly, only the network plug-in knows.
 */
export function closingPolicies(policies: readonly NetworkPolicy[], pod: Pod, port: number): NetworkPolicy[] {
  const selecting = policies.filter(
    ({ spec }) =>
      (spec.policyTypes ?? ['Ingress']).includes('Ingress') &&
      selects(spec.podSelector, pod.metadata.labels ?? {}),
  );
  const admits = ({ ports = [] }: { ports?: PolicyPort[] }) =>
    ports.length === 0 || ports.some((one) => covers(one, pod, port));
  const open = selecting.some(({ spec }) => (spec.ingress ?? []).some(admits));
  return open ? [] : selecting;
}

function covers({ protocol = 'TCP', port: from, endPort }: PolicyPort, pod: Pod, port: number): boolean {
  if (protocol !== 'TCP') return false;
  if (from === undefined) return true;
  if (typeof from === 'number') return port >= from && port <= (endPort ?? from);
  return pod.spec.containers.some(({ ports = [] }) =>
    ports.some(({ name, containerPort }) => name === from && containerPort === port),
  );
}
