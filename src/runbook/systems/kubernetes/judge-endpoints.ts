import type { Language } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import { endpointsEvidence } from './endpoints-evidence.ts';
import { type EndpointsMessages, endpointsMessages } from './endpoints-messages.ts';
import { type EndpointsView, isReady, podsOf, readyEndpoints } from './endpoints-view.ts';
import { type Finding, resultOf } from './finding.ts';
import { judgeName } from './judge-name.ts';
import { judgeReach } from './judge-reach.ts';
import type { Pod, Service } from './kube-objects.ts';
import { nearest } from './labels.ts';
import { targetOf } from './target-port.ts';

/**
 * Judges the way from a Service to its pods, from root to symptom: the Service and its port, the selector, the target port,
 * readiness, endpoints, network policies, and what pods say when they are asked directly. Pure.
 */
export function judgeEndpoints(
  view: EndpointsView,
  asked: string | number | undefined,
  language: Language,
): StepResult {
  const say = endpointsMessages(language);
  const { service, name, namespace } = view;
  if (service === null) {
    const sentence = say.missing(name, namespace, view.others.slice(0, 10).join(', '));
    return resultOf([{ verdict: 'fail', sentence, cause: 'service-missing' }], {
      evidence: { columns: say.columns, rows: [] },
      facts: { exists: false, pods: 0, ready: 0, endpoints: 0 },
    });
  }
  const pods = podsOf(service, view.pods);
  const endpoints = readyEndpoints(view.slices);
  const facts = { exists: true, pods: pods.length, ready: pods.filter(isReady).length, endpoints };
  const findings = [
    ...judgePort(view, asked, say),
    ...(service.spec.type === 'ExternalName' ? [] : judgePods(view, service, pods, endpoints, say)),
    ...judgeName(view, service, say),
    { verdict: 'pass' as const, sentence: say.healthy(name, endpoints, view.direct.length) },
  ];
  return resultOf(findings, { evidence: endpointsEvidence(view, service, pods, endpoints, say), facts });
}

function judgePort(
  { name, port, service }: EndpointsView,
  asked: string | number | undefined,
  say: EndpointsMessages,
): Finding[] {
  if (port !== null || asked === undefined) return [];
  const there = (service?.spec.ports ?? []).map((one) =>
    one.name ? `${one.name} ${one.port}` : String(one.port),
  );
  return [
    {
      verdict: 'fail',
      sentence: say.portMissing(name, String(asked), there.join(', ')),
      cause: 'service-port-missing',
    },
  ];
}

function judgePods(
  view: EndpointsView,
  service: Service,
  pods: readonly Pod[],
  endpoints: number,
  say: EndpointsMessages,
): Finding[] {
  const { name } = view;
  const selects = Object.keys(service.spec.selector ?? {}).length > 0;
  if (!selects)
    return endpoints > 0
      ? []
      : [{ verdict: 'fail', sentence: say.noEndpoint(name), cause: 'service-has-no-endpoint' }];
  if (pods.length === 0) return [noPod(view, service, say)];
  const ready = pods.filter(isReady);
  const findings = judgeTargets(view, pods, say);
  const [unready] = pods.filter((pod) => !isReady(pod));
  if (unready !== undefined && ready.length === 0 && endpoints === 0) {
    const sentence = say.noneReady(name, pods.length, unready.metadata.name, say.podState(unready));
    return [...findings, { verdict: 'fail', sentence, cause: 'service-has-no-ready-pod' }];
  }
  if (endpoints === 0 && findings.length === 0) {
    findings.push({ verdict: 'fail', sentence: say.noEndpoint(name), cause: 'service-has-no-endpoint' });
  }
  findings.push(...judgeReach(view, ready, say));
  if (unready !== undefined) {
    const sentence = say.someUnready(
      name,
      pods.length - ready.length,
      pods.length,
      unready.metadata.name,
      say.podState(unready),
    );
    findings.push({ verdict: 'warn', sentence });
  }
  return findings;
}

/** No pod carries the selector's labels: its workload makes none, or one comes near and the selector is wrong, or all is gone. */
function noPod(
  { name, pods, makers }: EndpointsView,
  { spec: { selector = {} } }: Service,
  say: EndpointsMessages,
): Finding {
  const wanted = pairs(selector);
  const [maker] = makers;
  if (maker !== undefined) {
    const sentence = say.notMade(name, wanted, maker.name, maker.replicas);
    return { verdict: 'fail', sentence, cause: 'service-has-no-pod' };
  }
  const near = nearest(selector, pods);
  if (near === null)
    return { verdict: 'fail', sentence: say.noPod(name, wanted), cause: 'service-has-no-pod' };
  const labels = near.metadata.labels ?? {};
  const theirs = pairs(
    Object.fromEntries(Object.keys(selector).flatMap((key) => (key in labels ? [[key, labels[key]!]] : []))),
  );
  const sentence = say.selectorMisses(name, wanted, near.metadata.name, theirs);
  return { verdict: 'fail', sentence, cause: 'service-selector-matches-no-pod' };
}

/** A targetPort by a name that no pod has: Kubernetes then makes endpoints without that port. */
function judgeTargets(
  { name, port }: EndpointsView,
  pods: readonly Pod[],
  say: EndpointsMessages,
): Finding[] {
  if (port === null || pods.some((pod) => targetOf(port, pod) !== null)) return [];
  const sentence = say.targetUnknown(name, String(port.targetPort), say.declares(pods[0]!));
  return [{ verdict: 'fail', sentence, cause: 'service-target-port-unknown' }];
}

const pairs = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
