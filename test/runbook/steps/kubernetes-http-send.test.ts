import { beforeAll, describe, expect, it } from 'vitest';
import { kubernetesHttpSend } from '../../../src/runbook/steps/kubernetes-http-send.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates } from '../../parts/kubernetes-objects.ts';
import { putServed, refused, timedOut } from '../../parts/kubernetes-shop.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-http-send on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  let namespace: string;
  let got: string[] = [];
  beforeAll(async () => {
    namespace = await kubernetes.part.namespace();
    await putServed(kubernetes.part, namespace, { name: 'command' });
  });

  const answer = (reply: ReturnType<typeof refused>) => {
    got = [];
    kubernetes.front.answer(`${namespace}/services/command:80`, (method, path, body) => {
      got.push(`${method} ${path} ${body}`);
      return reply;
    });
  };
  const send = (more = {}, account: Account = 'sender') =>
    kubernetes.run(kubernetesHttpSend, account, {
      namespace,
      service: 'command',
      path: '/api/orders',
      body: { test: true },
      ...more,
    });

  it('sends the body once and says how it was answered', async () => {
    answer({ status: 201, body: '{}' });
    const report = await send();
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    expect(got).toEqual(['POST /api/orders {"test":true}']);
  });

  it('fails on another status, without sending again', async () => {
    answer({ status: 500, body: '{}' });
    expect((await send()).sentence).toContain('answered 500 instead of 200, 201, 202');
    expect(got).toHaveLength(1);
  });

  it('sends nothing to a Service without a ready pod', async () => {
    await putServed(kubernetes.part, namespace, { name: 'idle', pods: [podStates.notReady()] });
    const report = await send({ service: 'idle' });
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('so nothing was done');
  });

  it('knows what has not been done from what is not certain', async () => {
    answer(refused('10.244.0.5:8080'));
    expect(await send()).toMatchObject({ verdict: 'fail' });
    answer(timedOut('10.244.0.5:8080'));
    expect(await send()).toMatchObject({ verdict: 'unknown' });
  });

  it('has done nothing when it could not even look', async () => {
    answer({ body: '{}' });
    const report = await send({}, 'nobody');
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('so nothing was done');
    expect(got).toEqual([]);
  });

  it('may not send with an account that only reads', async () => {
    answer({ body: '{}' });
    const report = await send({}, 'reader');
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('create services/proxy in namespace');
    expect(got).toEqual([]);
  });
});
