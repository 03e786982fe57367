import type { Failure } from '../../../kit/failure.ts';
import type { Kube } from './kube.ts';
import type { Ingress, Meta, Service } from './kube-objects.ts';
import { orFailure, orNull } from './look-at-kube.ts';

/** An IngressClass; the annotation on one of them makes it the default. */
export type IngressClass = { metadata: Meta };

/** The Ingresses of a namespace and all that they name. What the account may not see is a Failure. */
export type IngressView = {
  namespace: string;
  ingresses: Ingress[];
  services: Service[];
  classes: IngressClass[] | Failure;
  /** By the name of a TLS secret: whether it exists. Its content is never kept. */
  secrets: Record<string, boolean | Failure>;
};

/** Reads the Ingresses (one where it is named), the Services beside them, the classes and whether TLS secrets exist. */
export async function viewIngress(
  kube: Kube,
  namespace: string,
  name: string | undefined,
): Promise<IngressView> {
  const networking = '/apis/networking.k8s.io/v1';
  const collection = `${networking}/namespaces/${namespace}/ingresses`;
  const [ingresses, services, classes] = await Promise.all([
    name === undefined
      ? kube.list<Ingress>(collection)
      : orNull(kube.get<Ingress>(`${collection}/${name}`)).then((found) => (found === null ? [] : [found])),
    kube.list<Service>(`/api/v1/namespaces/${namespace}/services`),
    orFailure(kube.list<IngressClass>(`${networking}/ingressclasses`)),
  ]);
  const names = ingresses.flatMap(({ spec }) =>
    (spec.tls ?? []).flatMap(({ secretName }) => secretName ?? []),
  );
  const secrets = [...new Set(names)].map(async (secret) => {
    const found = await orFailure(
      orNull(kube.get<object>(`/api/v1/namespaces/${namespace}/secrets/${secret}`)),
    );
    return [secret, found instanceof Error ? found : found !== null] as const;
  });
  return { namespace, ingresses, services, classes, secrets: Object.fromEntries(await Promise.all(secrets)) };
}
