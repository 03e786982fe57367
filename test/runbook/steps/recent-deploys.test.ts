import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { recentDeploys } from '../../../src/runbook/steps/recent-deploys.ts';
import { type GithubDeploys, startGithubDeploys } from '../../parts/github-deploys.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates, putDeployment } from '../../parts/kubernetes-objects.ts';
import { runForReal } from '../../parts/run.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

const started = '2026-03-02T03:00:00Z';
const at = (minutesBefore: number) => new Date(Date.parse(started) - minutesBefore * 60_000).toISOString();

describe('recent-deploys from a GitHub look-alike', () => {
  let github: GithubDeploys;
  beforeAll(async () => {
    github = await startGithubDeploys();
  });
  beforeEach(() => {
    github.behave.status = null;
    github.deployments = [
      { id: 1, ref: 'v1.4.2', environment: 'production', created_at: at(300), state: 'success' },
      { id: 2, ref: 'v1.5.0', environment: 'production', created_at: at(6), state: 'success' },
      { id: 3, ref: 'v1.5.1', environment: 'staging', created_at: at(3), state: 'success' },
    ];
    github.pulls = [
      { number: 11, title: 'Retry payments', merged_at: at(20), files: ['src/payment.ts'] },
      { number: 12, title: 'Closed, not merged', merged_at: null, files: [] },
      { number: 9, title: 'Old', merged_at: at(600), files: ['db/migrations/1.sql'] },
    ];
  });
  afterAll(() => github.stop());
  const look = (more: Record<string, Json> = {}, language: 'en' | 'ko' = 'en') =>
    runForReal(
      recentDeploys,
      {
        started,
        github: {
          repository: 'example/orders',
          environment: 'production',
          url: github.url,
          token: { secretRef: 'GITHUB_READ_TOKEN' },
        },
        ...more,
      },
      { secrets: { GITHUB_READ_TOKEN: github.token }, language },
    );

  it('names the last one before the start, and how long before', async () => {
    const report = await look();
    expect(report).toMatchObject({
      verdict: 'warn',
      sentence:
        'deployment v1.5.0 → production (success) came 6 min before the start, and 1 more in the 120 min before it: it may be the cause.',
      facts: { deploys: 2, since: 0, minutes_before: 6, schema: 'unknown', unread: 0 },
    });
    expect(report.cause).toBeUndefined();
    expect(report.evidence.rows.map(([when, what]) => [when, what])).toEqual([
      ['6 min before', 'deployment v1.5.0 → production (success)'],
      ['20 min before', '#11 Retry payments'],
    ]);
  });

  it('sees a change of the schema in the files of a pull request', async () => {
    github.pulls[0]!.files.push('db/migrations/20260301_orders.sql');
    const report = await look();
    expect(report).toMatchObject({ facts: { schema: 'yes' } });
    expect(report.sentence).toContain('It touches the schema (db/migrations/20260301_orders.sql).');
  });

  it.each([
    ['db/V7__orders.SQL', 'yes'],
    ['prisma/schema.prisma', 'yes'],
    ['services/orders/migrations/0007_names.py', 'yes'],
    ['src/config/muster-schema.ts', 'unknown'],
    ['docs/migration-guide.md', 'unknown'],
  ])('takes %s for a change of the schema: %s', async (file, schema) => {
    github.pulls[0]!.files = [file];
    expect((await look()).facts).toMatchObject({ schema });
    expect(github.asked).not.toContain('/repos/example/orders/pulls/9/files');
  });

  it('keeps what came after the start apart', async () => {
    github.deployments.push({
      id: 4,
      ref: 'v1.4.2',
      environment: 'production',
      created_at: at(-10),
      state: 'success',
    });
    const report = await look();
    expect(report.facts).toMatchObject({ deploys: 2, since: 1 });
    expect(report.evidence.rows[0]![0]).toBe('10 min after');
  });

  it('passes when nothing was deployed', async () => {
    expect(await look({ before: '5m' })).toMatchObject({
      verdict: 'pass',
      sentence: expect.stringContaining('look elsewhere'),
    });
  });

  it('does not know when it may not look', async () => {
    github.behave.status = 403;
    const report = await look();
    expect(report).toMatchObject({ verdict: 'unknown', facts: { unread: 1 } });
    expect(report.sentence).toMatch(/github example\/orders .*HTTP 403/);
    expect(JSON.stringify(report)).not.toContain(github.token);
    github.behave.status = null;
    expect(await look({ github: { repository: 'example/orders', url: github.url } })).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('HTTP 404'),
    });
  });

  it('needs at least one place to read', async () => {
    const nowhere = { github: { repository: null }, kubernetes: { cluster: null, deployment: null } };
    expect(await look(nowhere)).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('set kubernetes_cluster'),
    });
  });

  it('speaks Korean', async () => {
    expect((await look({}, 'ko')).sentence).toMatch(/장애 시작 6분 전에 배포가 있었습니다/);
  });
});

describe.skipIf(!hasKubernetes)(`recent-deploys on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const secrets = { KUBERNETES_TOKEN: 'reader-token' };
  const look = (namespace: string, started: number, more: Record<string, Json> = {}) =>
    runForReal(
      recentDeploys,
      {
        started: new Date(started).toISOString(),
        kubernetes: { cluster: kubernetes.part.cluster, namespace, deployment: 'orders', ...more },
        before: '10m',
      },
      { secrets },
    );
  const put = async () => {
    const namespace = await kubernetes.part.namespace();
    const pods = [podStates.ready()];
    await putDeployment(kubernetes.part, namespace, {
      name: 'orders',
      pods,
      image: 'shop/app:2',
      before: ['shop/app:1'],
    });
    return namespace;
  };

  it('tells the rollouts that its ReplicaSets remember', async () => {
    const report = await look(await put(), Date.now() + 60_000);
    expect(report, report.sentence).toMatchObject({ verdict: 'warn', facts: { deploys: 2 } });
    expect(report.sentence).toMatch(/orders revision 2, shop\/app:1 → shop\/app:2 came 1 min before/);
  });

  it('passes when the last rollout was long before', async () => {
    expect(await look(await put(), Date.now() + 3_600_000)).toMatchObject({ verdict: 'pass' });
  });

  it('says which object or grant is missing', async () => {
    const namespace = await put();
    const report = await look(namespace, Date.now(), { deployment: 'gone' });
    expect(report).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('"gone" not found'),
    });
    secrets.KUBERNETES_TOKEN = 'nobody-token';
    const denied = await look(namespace, Date.now());
    secrets.KUBERNETES_TOKEN = 'reader-token';
    expect(denied).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('get deployments'),
    });
  });
});
