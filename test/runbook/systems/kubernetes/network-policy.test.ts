import { describe, expect, it } from 'vitest';
import { nearest, selects } from '../../../../src/runbook/systems/kubernetes/labels.ts';
import {
  closingPolicies,
  type NetworkPolicy,
} from '../../../../src/runbook/systems/kubernetes/network-policy.ts';

const pod = {
  metadata: { name: 'p', labels: { app: 'query', tier: 'web' } },
  spec: { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }] },
};
const policy = (spec: Partial<NetworkPolicy['spec']>): NetworkPolicy => ({
  metadata: { name: 'n' },
  spec: { podSelector: {}, ...spec },
});
const closes = (...specs: Partial<NetworkPolicy['spec']>[]) =>
  closingPolicies(specs.map(policy), pod, 8080).length > 0;

describe('network policies', () => {
  it.each([
    ['none at all', [], false],
    ['one that selects every pod and admits nobody', [{}], true],
    ['one that only concerns outgoing traffic', [{ policyTypes: ['Egress'] }], false],
    ['one that selects other pods', [{ podSelector: { matchLabels: { app: 'command' } } }], false],
    ['one that admits somebody to every port', [{ ingress: [{ from: [] }] }], false],
    ['one that admits to the port', [{ ingress: [{ ports: [{ port: 8080 }] }] }], false],
    ['one that admits to the port by name', [{ ingress: [{ ports: [{ port: 'http' }] }] }], false],
    [
      'one that admits to a range around it',
      [{ ingress: [{ ports: [{ port: 8000, endPort: 9000 }] }] }],
      false,
    ],
    ['one that admits to another port', [{ ingress: [{ ports: [{ port: 9090 }] }] }], true],
    ['one that admits over UDP only', [{ ingress: [{ ports: [{ port: 8080, protocol: 'UDP' }] }] }], true],
    ['one that closes and one that opens', [{}, { ingress: [{ ports: [{ port: 8080 }] }] }], false],
  ])('%s', (_, specs, closed) => expect(closes(...specs)).toBe(closed));
});

describe('labels', () => {
  it.each([
    [{ matchLabels: { app: 'query' } }, true],
    [{ matchLabels: { app: 'query', tier: 'db' } }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'db'] }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
    [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
    [{}, true],
  ])('%j selects: %s', (selector, chosen) => expect(selects(selector, pod.metadata.labels)).toBe(chosen));

  it('names the nearest labels, and none where nothing is near', () => {
    const other = { metadata: { labels: { app: 'billing' } } };
    expect(nearest({ app: 'query-api' }, [other, pod])).toBe(pod);
    expect(nearest({ app: 'query', tier: 'db' }, [other, pod])).toBe(pod);
    expect(nearest({ app: 'search' }, [other, pod])).toBeNull();
  });
});
