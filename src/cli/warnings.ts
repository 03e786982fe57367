import { readFileSync } from 'node:fs';
import { musterWarnings } from '../config/muster-warnings.ts';
import type { Muster } from '../config/muster-yaml.ts';
import { pagersSetUp } from '../config/pagers.ts';
import { readSecret, type Settings } from '../config/settings.ts';
import { checkParameters } from '../runbook/file/check-parameters.ts';
import type { Runbook } from '../runbook/file/runbook.ts';
import { catalogue } from '../runbook/registry.ts';
import type { Behaviour } from './behaviour.ts';
import type { Environment } from './start-up.ts';

/**
 * What is allowed and still dangerous, one sentence each, for `muster check` and the start of `muster serve`. A pager whose secret
 * nobody set counts as none: it would be found out by the first page.
 */
export function warningsOf(settings: Settings, { muster, runbooks }: Behaviour, env: Environment): string[] {
  const name = muster.pagers.webhook?.secretRef;
  const read = (path: string): string => readFileSync(path, 'utf8');
  const unsigned = name !== undefined && typeof readSecret(env, read, name) !== 'string';
  const pagers = pagersSetUp(settings, muster.pagers).filter((pager) => pager !== 'webhook' || !unsigned);
  const missing = `pagers.webhook needs the secret ${name}, which is not set: it pages nobody.`;
  return [
    ...(unsigned ? [missing] : []),
    ...musterWarnings(muster, pagers),
    ...parameterWarnings(muster, runbooks),
    ...secretWarnings(muster, env),
  ];
}

/** What a service does not tell the runbook that it names: at night that step would only say what it lacks. */
function parameterWarnings({ services }: Muster, runbooks: readonly Runbook[]): string[] {
  return Object.entries(services).flatMap(([service, { runbook: name, params }]) => {
    const runbook = runbooks.find((one) => one.name === name);
    const problems = runbook ? checkParameters(runbook, catalogue, params) : [];
    return problems.map((problem) => `services.${service}.params: ${problem}.`);
  });
}

/** Secrets that services name and nobody set: found out now, and not by the step that needs them. */
function secretWarnings({ services }: Muster, env: Environment): string[] {
  const read = (path: string): string => readFileSync(path, 'utf8');
  return Object.entries(services).flatMap(([service, { params }]) =>
    [...new Set(secretRefs(params))]
      .filter((name) => typeof readSecret(env, read, name) !== 'string')
      .map((name) => `services.${service}.params names the secret ${name}, which is not set.`),
  );
}

function secretRefs(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'secretRef' && typeof inner === 'string' ? [inner] : secretRefs(inner),
  );
}
