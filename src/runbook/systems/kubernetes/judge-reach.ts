import { Failure } from '../../../kit/failure.ts';
import type { EndpointsMessages } from './endpoints-messages.ts';
import type { Direct, EndpointsView } from './endpoints-view.ts';
import type { Finding } from './finding.ts';
import type { Pod } from './kube-objects.ts';
import { closingPolicies } from './network-policy.ts';
import { targetOf } from './target-port.ts';

/**
 * Judges whether ready pods can be reached on the port a Service leads to. A refused connection is certain; silence is certain only
 * where network policies admit nobody, because the API server's own network need not reach pods.
 */
export function judgeReach(view: EndpointsView, ready: readonly Pod[], say: EndpointsMessages): Finding[] {
  const { name, port, direct } = view;
  const [pod] = ready;
  const target = pod && port && targetOf(port, pod);
  if (!pod || !target) return [];
  const findings = direct.flatMap((one) => judgeDirect(view, one, pod, say));
  const asked = direct.some(({ answer }) => !(answer instanceof Failure));
  const closing = view.policies instanceof Failure ? [] : closingPolicies(view.policies, pod, target.port);
  if (closing.length > 0 && !asked) {
    const names = closing.map(({ metadata }) => metadata.name).join(', ');
    findings.push({ verdict: 'warn', sentence: say.policyMayClose(names, name, target.port) });
  }
  const declares = pod.spec.containers.some(({ ports = [] }) => ports.length > 0);
  if (!target.declared && declares && !asked) {
    findings.push({ verdict: 'warn', sentence: say.undeclared(name, target.port, say.declares(pod)) });
  }
  return findings;
}

function judgeDirect(
  view: EndpointsView,
  { pod, target, answer }: Direct,
  example: Pod,
  say: EndpointsMessages,
): Finding[] {
  if (answer instanceof Failure || answer.is === 'answered') return [];
  if (answer.is === 'closed') {
    return target.declared
      ? [{ verdict: 'fail', sentence: say.closed(pod, target.port), cause: 'pod-port-refused' }]
      : [
          {
            verdict: 'fail',
            sentence: say.wrongTarget(view.name, target.port, pod, say.declares(example)),
            cause: 'service-target-port-wrong',
          },
        ];
  }
  const asked = view.pods.find(({ metadata }) => metadata.name === pod);
  const closing =
    asked && !(view.policies instanceof Failure) ? closingPolicies(view.policies, asked, target.port) : [];
  if (answer.is === 'silent' && closing.length > 0) {
    const names = closing.map(({ metadata }) => metadata.name).join(', ');
    return [
      {
        verdict: 'fail',
        sentence: say.policyCloses(names, pod, target.port),
        cause: 'network-policy-closes-port',
      },
    ];
  }
  return [{ verdict: 'unknown', sentence: say.silent(pod, target.port, answer.reason) }];
}
