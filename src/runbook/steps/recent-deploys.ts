import { z } from 'zod';
import { Failure } from '../../kit/failure.ts';
import { compilePattern } from '../../kit/pattern.ts';
import { Duration, SecretRef } from '../input.ts';
import { defineStep } from '../step.ts';
import type { Deploy, SourceSays } from '../systems/deploys/deploy.ts';
import { githubDeploys } from '../systems/deploys/github-deploys.ts';
import { judgeDeploys } from '../systems/deploys/judge-deploys.ts';
import { kubernetesDeploys } from '../systems/deploys/kubernetes-deploys.ts';
import { ApiConnection, askApi } from '../systems/http/ask-api.ts';
import { connectKube } from '../systems/kubernetes/kube.ts';
import { exampleCluster, KubeCluster, KubeInput, KubeName } from '../systems/kubernetes/kube-input.ts';

const { patience, url } = ApiConnection;

const Kubernetes = z.strictObject({
  cluster: KubeCluster.nullable().describe('null: the service runs on no cluster'),
  namespace: KubeInput.namespace,
  deployment: KubeName.nullable().describe('The Deployment of the service; null: none'),
});

const Github = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*\/[A-Za-z0-9_-][A-Za-z0-9_.-]*$/, 'must be owner/name')
    .nullable()
    .describe('owner/name; null: none'),
  environment: z.string().min(1).max(100).nullish().describe('Only deployments to it'),
  url: url.default('https://api.github.com'),
  token: SecretRef.nullish().describe('A token that reads Deployments and Pull requests'),
});

const pattern = z
  .string()
  .max(300)
  .refine((source) => 'matches' in compilePattern(source), 'must be a valid RE2 pattern');

const input = z.strictObject({
  started: z.iso.datetime({ offset: true }).describe('When it began'),
  before: Duration.prefault('2h').describe('How long before that a deploy is still a suspect'),
  kubernetes: Kubernetes.optional().describe(
    'The rollouts of a Deployment; grants: get deployments, list replicasets',
  ),
  github: Github.optional().describe('Deployments and merged pull requests of a repository'),
  schema: z
    .array(pattern)
    .max(20)
    .default([
      '(?i)(.*/)?(migrations?|flyway|liquibase|alembic)/.*',
      '(?i).*\\.sql',
      '(.*/)?schema\\.(prisma|rb)',
    ])
    .describe('Paths (RE2) whose change is a change of the schema'),
  patience,
});

/** Lists what was rolled out or merged near the start of the incident. */
export const recentDeploys = defineStep({
  name: 'recent-deploys',
  about:
    'Reads what was deployed near the start of the incident: rollouts that Kubernetes remembers, deployments and merged pull requests on GitHub, and whether one touches the schema.',
  effect: 'read',
  input,
  example: {
    started: '2026-03-02T03:04:05Z',
    kubernetes: { cluster: exampleCluster, namespace: 'shop', deployment: 'orders' },
    github: {
      repository: 'example/orders',
      environment: 'production',
      token: { secretRef: 'GITHUB_READ_TOKEN' },
    },
  },
  targets: ['kubernetes', 'github'],
  timeoutMs: 20_000,
  target: ({ kubernetes, github }) =>
    [
      kubernetes?.cluster && `kubernetes ${kubernetes.namespace}`,
      github?.repository && `github ${github.repository}`,
    ]
      .filter(Boolean)
      .join(', ') || 'deploys',
  run: async (input, { signal, secret, language }) => {
    const { kubernetes, github, before, patience } = input;
    const started = Date.parse(input.started);
    const sources: Promise<SourceSays>[] = [];
    if (kubernetes?.cluster && kubernetes.deployment !== null) {
      const { cluster, namespace, deployment } = kubernetes;
      const look = async () => {
        const kube = await connectKube({ cluster, patience, signal, secret });
        return kubernetesDeploys(kube, namespace, deployment).finally(kube.close);
      };
      sources.push(told(`kubernetes ${namespace}/${deployment}`, look));
    }
    if (github?.repository) {
      const { repository, environment, url, token } = github;
      const ask = askApi({ url, token: token ?? undefined, patience }, { secret, signal });
      const question = { repository, environment, from: started - before, schema: input.schema };
      sources.push(told(`github ${repository}`, () => githubDeploys(ask, question)));
    }
    return judgeDeploys(await Promise.all(sources), { started, beforeMs: before }, language);
  },
});

/** What a source answers, or its Failure: one that cannot be read must not hide the other. */
async function told(source: string, read: () => Promise<Deploy[]>): Promise<SourceSays> {
  try {
    return { source, deploys: await read() };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code === 'cancelled') throw failure;
    return { source, failure };
  }
}
