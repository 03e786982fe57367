import { z } from 'zod';
import { Duration, SecretRef } from '../../input.ts';

const PemOrFile = z.union([z.string().min(1), SecretRef]);

/**
 * How to reach an API server: its address, `in-cluster` for the pod's own service account, or a kubeconfig. One of the three.
 * Certificates are a path or, for what is secret, the name of a secret.
 */
export const KubeCluster = z
  .strictObject({
    api: z
      .union([z.literal('in-cluster'), z.url({ protocol: /^https?$/ })])
      .optional()
      .describe('Address of the API server, or in-cluster'),
    kubeconfig: PemOrFile.optional().describe(
      'Path of a kubeconfig, or the name of the secret that holds one',
    ),
    context: z.string().optional().describe('A context of the kubeconfig; default its current-context'),
    token: SecretRef.optional().describe('Bearer token, by the name of the secret'),
    ca: PemOrFile.optional().describe(
      'Path of the CA certificate (PEM), or the name of the secret that holds it',
    ),
    certificate: PemOrFile.optional().describe('Path of a client certificate, or the name of its secret'),
    key: PemOrFile.optional().describe('Path of its key, or the name of its secret'),
  })
  .refine(({ api, kubeconfig }) => (api === undefined) !== (kubeconfig === undefined), {
    message: 'needs either api or kubeconfig',
  });
export type KubeCluster = z.output<typeof KubeCluster>;

/** A name as Kubernetes allows it in a path (RFC 1123 subdomain), so that no input can leave its place in the address. */
export const KubeName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a name as Kubernetes allows it');

/** What every Kubernetes step takes: which cluster, which namespace, and how long one answer may take. */
export const KubeInput = {
  cluster: KubeCluster.describe('How to reach the API server'),
  namespace: KubeName.default('default'),
  patience: Duration.prefault('3s').describe('How long one answer of the API server may take'),
};

/**
 * Names what a step touches, for the lock, the preview and the typed confirmation: the cluster belongs to it, because the same
 * Deployment exists in production and beside it.
 */
export function kubeTarget(
  { cluster, namespace }: { cluster: KubeCluster; namespace: string },
  what: string,
): string {
  const { api, context, kubeconfig } = cluster;
  const file = typeof kubeconfig === 'object' ? kubeconfig.secretRef : kubeconfig;
  const place = api === undefined ? (context ?? file) : api === 'in-cluster' ? api : new URL(api).host;
  return `kubernetes ${place} ${namespace}/${what}`;
}

/** The cluster in the examples of the catalogue. */
export const exampleCluster = {
  api: 'https://10.0.0.1:6443',
  ca: '/etc/muster/kubernetes-ca.crt',
  token: { secretRef: 'KUBERNETES_TOKEN' },
};
