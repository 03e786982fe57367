import type { Ingress } from './kube-objects.ts';

/** One way through an Ingress: a host (empty for any), a path, and the Service behind it. */
export type Route = {
  ingress: string;
  host: string;
  path: string;
  exact: boolean;
  service: string | null;
  port: number | string | null;
};

type Backend = NonNullable<Ingress['spec']['defaultBackend']>;

const to = ({ service }: Backend) => ({
  service: service?.name ?? null,
  port: service?.port?.number ?? service?.port?.name ?? null,
});

/** Every route of the Ingresses; a default backend is a route for any host and path. A backend that is no Service has null. */
export const routesOf = (ingresses: readonly Ingress[]): Route[] =>
  ingresses.flatMap(({ metadata: { name: ingress }, spec }) => [
    ...(spec.rules ?? []).flatMap(({ host = '', http }) =>
      (http?.paths ?? []).map(({ path = '/', pathType, backend }) => ({
        ingress,
        host,
        path,
        exact: pathType === 'Exact',
        ...to(backend),
      })),
    ),
    ...(spec.defaultBackend
      ? [{ ingress, host: '', path: '/', exact: false, ...to(spec.defaultBackend) }]
      : []),
  ]);

/** Whether a host is the rule's, by https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards. */
export function isHost(rule: string, host: string): boolean {
  if (rule === '' || rule === host) return true;
  const [first, ...rest] = host.split('.');
  return rule.startsWith('*.') && first !== '' && rule.slice(2) === rest.join('.');
}

/** Whether a path is the rule's; a prefix counts whole elements only (`/api` takes `/api/x`, not `/apix`). */
export function isPath({ path, exact }: Route, asked: string): boolean {
  if (exact || path === asked) return path === asked;
  const prefix = path.replace(/\/$/, '');
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

/** The route that takes a request: the most exact host, then an exact path, then the longest; null when none does. */
export function routeFor(routes: readonly Route[], host: string, path: string): Route | null {
  const rank = (route: Route) =>
    (route.host === host ? 2_000_000 : route.host === '' ? 0 : 1_000_000) +
    (route.exact ? 10_000 : 0) +
    route.path.length;
  const [best = null] = routes
    .filter((route) => isHost(route.host, host) && isPath(route, path))
    .sort((a, b) => rank(b) - rank(a));
  return best;
}
