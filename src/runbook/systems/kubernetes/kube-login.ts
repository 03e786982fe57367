import { readFile } from 'node:fs/promises';
import { Failure, reasonOf } from '../../../kit/failure.ts';
import type { KubeCluster } from './kube-input.ts';
import { readKubeconfig } from './kubeconfig.ts';

/** Whom a connection trusts and as whom it comes: PEM texts. */
export type KubeTls = {
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
};

/** Where an API server is and how to sign in to it: ready for one step's connection. */
export type KubeLogin = { server: string; tls: KubeTls; headers: Record<string, string> };

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Resolves an input to a login. Files are read anew for every step, because the kubelet replaces a pod's token every hour.
 * Throws a Failure that names the file, the secret or the variable that is missing.
 */
export async function kubeLogin(
  cluster: KubeCluster,
  secret: (name: string) => string,
  signal: AbortSignal,
): Promise<KubeLogin> {
  const pem = (from: string | { secretRef: string } | undefined) =>
    from === undefined ? undefined : typeof from === 'string' ? fileText(from) : secret(from.secretRef);
  if (cluster.kubeconfig !== undefined) {
    const folder = typeof cluster.kubeconfig === 'string' ? cluster.kubeconfig : null;
    return readKubeconfig((await pem(cluster.kubeconfig))!, cluster.context, folder, signal);
  }
  if (cluster.api === 'in-cluster') return inCluster();
  const [ca, cert, key] = [await pem(cluster.ca), await pem(cluster.certificate), await pem(cluster.key)];
  return {
    server: cluster.api!,
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
    headers: cluster.token ? { authorization: `Bearer ${secret(cluster.token.secretRef)}` } : {},
  };
}

/** A pod's own way to the API server (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
async function inCluster(): Promise<KubeLogin> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = process.env;
  if (host === undefined) {
    throw new Failure({
      code: 'kube-login',
      retry: 'never',
      what: 'This worker does not run inside a cluster',
      value: 'KUBERNETES_SERVICE_HOST is not set',
      remedy: 'Give the address of the API server, or start a worker in the cluster.',
    });
  }
  const [ca, token] = [await fileText(`${account}/ca.crt`), await fileText(`${account}/token`)];
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tls: { ca },
    headers: { authorization: `Bearer ${token.trim()}` },
  };
}

/** A file's text; a Failure names the file, never its content. */
export async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure({
      code: 'kube-login',
      retry: 'never',
      what: 'A file for signing in to Kubernetes cannot be read',
      value: path,
      remedy: reasonOf(error),
    });
  }
}
