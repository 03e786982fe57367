import { describe, expect, it } from 'vitest';
import { kubernetesDeploys } from '../../../../src/runbook/systems/deploys/kubernetes-deploys.ts';
import type { Kube } from '../../../../src/runbook/systems/kubernetes/kube.ts';
import type { ReplicaSet } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';

const selector = { matchLabels: { app: 'orders' } };
const set = (revision: number, image: string, born: string, owner = 'uid-1'): ReplicaSet => ({
  metadata: {
    name: `orders-${revision}`,
    creationTimestamp: born,
    annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    ownerReferences: [{ kind: 'Deployment', name: 'orders', uid: owner }],
  },
  spec: { selector, template: { spec: { containers: [{ name: 'app', image }] } } },
});

/** An API that has one Deployment, last progressed at 03:00, and these ReplicaSets. */
const kubeWith = (sets: ReplicaSet[]) =>
  ({
    get: async () => ({
      metadata: { name: 'orders', uid: 'uid-1' },
      spec: { selector, template: { spec: { containers: [] } } },
      status: {
        conditions: [{ type: 'Progressing', status: 'True', lastUpdateTime: '2026-03-02T03:00:00Z' }],
      },
    }),
    list: async () => sets,
  }) as unknown as Kube;

const told = async (...sets: ReplicaSet[]) =>
  (await kubernetesDeploys(kubeWith(sets), 'shop', 'orders')).map(
    ({ what, at }) => `${new Date(at).toISOString().slice(11, 16)} ${what}`,
  );

describe('kubernetesDeploys', () => {
  it('tells every revision from its birth, with the images that changed', async () => {
    expect(
      await told(set(1, 'orders:1.4', '2026-03-01T09:00:00Z'), set(2, 'orders:1.5', '2026-03-02T02:54:00Z')),
    ).toEqual(['02:54 orders revision 2, orders:1.4 → orders:1.5', '09:00 orders revision 1, orders:1.4']);
  });

  it('shows a restart as the same images', async () => {
    const [newest] = await told(
      set(1, 'orders:1.4', '2026-03-01T09:00:00Z'),
      set(2, 'orders:1.4', '2026-03-02T02:54:00Z'),
    );
    expect(newest).toBe('02:54 orders revision 2, orders:1.4 → orders:1.4');
  });

  it('counts an undo from when it happened, not from the birth of the old ReplicaSet', async () => {
    expect(
      await told(set(3, 'orders:1.4', '2026-03-01T09:00:00Z'), set(2, 'orders:1.5', '2026-03-02T02:54:00Z')),
    ).toEqual([
      '03:00 orders revision 3 (undo), orders:1.5 → orders:1.4',
      '02:54 orders revision 2, orders:1.5',
    ]);
  });

  it("leaves out what another Deployment's labels happen to share", async () => {
    expect(await told(set(7, 'other:1', '2026-03-02T02:54:00Z', 'uid-2'))).toEqual([]);
  });
});
