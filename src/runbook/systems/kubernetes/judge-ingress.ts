import type { Language } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import type { StepResult } from '../../step.ts';
import { portOf } from './endpoints-view.ts';
import { type Finding, resultOf } from './finding.ts';
import { type IngressMessages, ingressMessages } from './ingress-messages.ts';
import { isHost, type Route, routeFor, routesOf } from './ingress-rules.ts';
import type { IngressView } from './ingress-view.ts';
import type { Ingress } from './kube-objects.ts';

/** The request whose way is judged; where the host is empty every route of the Ingresses is. */
export type IngressAsked = { ingress?: string | undefined; host: string; path: string };

/**
 * Judges the way from a host and a path to a Service: a rule takes it, the Service and its port exist, the class exists, the
 * certificate's secret exists. Routes that were not asked for are only warned about. Pure.
 */
export function judgeIngress(view: IngressView, asked: IngressAsked, language: Language): StepResult {
  const say = ingressMessages(language);
  const routes = routesOf(view.ingresses);
  const taken = asked.host === '' ? null : routeFor(routes, asked.host, asked.path);
  const about = asked.host === '' ? routes : taken === null ? [] : [taken];
  const problems = routes.map((route) => ({ route, problem: problemOf(route, view, say) }));
  const findings: Finding[] = [
    ...judgeRule(view, asked, taken, routes, say),
    ...problems.flatMap(({ route, problem }): Finding[] => {
      if (problem === null) return [];
      return [about.includes(route) ? problem : { verdict: 'warn', sentence: problem.sentence }];
    }),
    ...view.ingresses
      .filter(({ metadata: { name } }) => about.some(({ ingress }) => ingress === name))
      .flatMap((ingress) => [...judgeClass(ingress, view, say), ...judgeTls(ingress, view, asked.host, say)]),
    { verdict: 'pass', sentence: healthy(about, asked, say) },
  ];
  const rows = problems.map(({ route, problem }) => [
    route.ingress,
    `${route.host || '*'}${route.path}`,
    route.service === null ? say.none : `${route.service}:${route.port}`,
    problem === null ? say.fine : (problem.cause ?? ''),
  ]);
  const certificates = Object.entries(view.secrets).map(([name, found]) => [
    say.certificate,
    '',
    name,
    say.secretState(found),
  ]);
  return resultOf(findings, {
    evidence: { columns: say.columns, rows: [...rows, ...certificates] },
    facts: { routes: routes.length, service: taken?.service ?? '', port: taken?.port ?? '' },
  });
}

const healthy = (about: readonly Route[], { host, path }: IngressAsked, say: IngressMessages): string => {
  const [route] = about;
  if (host === '' || route === undefined) return say.allFine(about.length);
  return say.leads(`${host}${path}`, route.ingress, `${route.service}:${route.port}`);
};

function judgeRule(
  view: IngressView,
  { ingress, host, path }: IngressAsked,
  taken: Route | null,
  routes: readonly Route[],
  say: IngressMessages,
): Finding[] {
  if (ingress !== undefined && view.ingresses.length === 0)
    return [{ verdict: 'fail', sentence: say.missing(ingress, view.namespace), cause: 'ingress-missing' }];
  if (host === '')
    return routes.length > 0 ? [] : [{ verdict: 'pass', sentence: say.noIngress(view.namespace) }];
  if (taken !== null) return [];
  const paths = routes.filter((route) => isHost(route.host, host)).map((route) => route.path);
  const sentence =
    paths.length > 0
      ? say.noPath(host, path, paths.join(', '))
      : say.noHost(host, view.namespace, [...new Set(routes.map((route) => route.host || '*'))].join(', '));
  return [
    { verdict: 'fail', sentence, cause: paths.length > 0 ? 'ingress-path-missing' : 'ingress-host-missing' },
  ];
}

/** What is wrong with the Service behind a route; null when nothing, or when its backend is no Service. */
function problemOf(
  route: Route,
  { services }: IngressView,
  say: IngressMessages,
): (Finding & { verdict: 'fail' }) | null {
  if (route.service === null || route.port === null) return null;
  const from = `${route.host || '*'}${route.path}`;
  const service = services.find(({ metadata }) => metadata.name === route.service);
  if (service === undefined) {
    const there = services.map(({ metadata }) => metadata.name).join(', ');
    return {
      verdict: 'fail',
      sentence: say.serviceMissing(route.ingress, from, route.service, there),
      cause: 'ingress-service-missing',
    };
  }
  if (portOf(service, route.port) !== null) return null;
  const ports = (service.spec.ports ?? [])
    .map(({ name, port }) => (name ? `${name} ${port}` : String(port)))
    .join(', ');
  const sentence = say.portMissing(route.ingress, from, route.service, String(route.port), ports);
  return { verdict: 'fail', sentence, cause: 'ingress-port-missing' };
}

function judgeClass({ metadata, spec }: Ingress, { classes }: IngressView, say: IngressMessages): Finding[] {
  if (classes instanceof Failure) return [];
  const wanted = spec.ingressClassName;
  const names = classes.map((one) => one.metadata.name);
  if (wanted !== undefined && !names.includes(wanted)) {
    const sentence = say.classMissing(metadata.name, wanted, names.join(', '));
    return [{ verdict: 'fail', sentence, cause: 'ingress-class-missing' }];
  }
  const old = metadata.annotations?.['kubernetes.io/ingress.class'];
  const isDefault = ({ metadata: one }: (typeof classes)[number]) =>
    one.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
  if (wanted !== undefined || old !== undefined || classes.some(isDefault)) return [];
  return [{ verdict: 'warn', sentence: say.noClass(metadata.name) }];
}

function judgeTls(
  { metadata, spec }: Ingress,
  { secrets }: IngressView,
  host: string,
  say: IngressMessages,
): Finding[] {
  return (spec.tls ?? [])
    .filter(({ hosts = [] }) => host === '' || hosts.length === 0 || hosts.some((one) => isHost(one, host)))
    .flatMap(({ secretName }): Finding[] => {
      if (secretName === undefined || secrets[secretName] !== false) return [];
      const sentence = say.secretMissing(metadata.name, secretName);
      return [{ verdict: 'fail', sentence, cause: 'ingress-tls-secret-missing' }];
    });
}
