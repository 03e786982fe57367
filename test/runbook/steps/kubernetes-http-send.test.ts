import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubernetesHttpSend } from '../../../src/runbook/steps/kubernetes-http-send.ts';
import { type KubeletFront, startKubeletFront } from '../../parts/kubelet-front.ts';
import {
  type Account,
  hasKubernetes,
  type KubernetesPart,
  kubernetesMissing,
  startKubernetes,
  tokenOf,
} from '../../parts/kubernetes.ts';
import { podStates } from '../../parts/kubernetes-objects.ts';
import { putServed, refused, timedOut } from '../../parts/kubernetes-shop.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-http-send on a real API server (${kubernetesMissing})`, () => {
  let part: KubernetesPart;
  let front: KubeletFront;
  let namespace: string;
  let got: string[] = [];
  beforeAll(async () => {
    part = await startKubernetes();
    front = await startKubeletFront(part);
    namespace = await part.namespace();
    await putServed(part, namespace, { name: 'command' });
  }, 90_000);
  afterAll(async () => {
    await front.stop();
    await part.stop();
  }, 30_000);

  const answer = (reply: ReturnType<typeof refused>) => {
    got = [];
    front.answer(`${namespace}/services/command:80`, (method, path, body) => {
      got.push(`${method} ${path} ${body}`);
      return reply;
    });
  };
  const send = (more = {}, account: Account = 'sender') =>
    runForReal(
      kubernetesHttpSend,
      {
        cluster: front.cluster,
        namespace,
        service: 'command',
        path: '/api/orders',
        body: { test: true },
        ...more,
      },
      { secrets: tokenOf(account) },
    );

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
    await putServed(part, namespace, { name: 'idle', pods: [podStates.notReady()] });
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

  it('may not send with an account that only reads', async () => {
    answer({ body: '{}' });
    const report = await send({}, 'reader');
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('create services/proxy in namespace');
    expect(got).toEqual([]);
  });
});
