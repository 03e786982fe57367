import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import { runExecPlugin } from './exec-plugin.ts';
import { fileText, type KubeLogin } from './kube-login.ts';

const Context = z.looseObject({ cluster: z.string(), user: z.string().optional() });
const Cluster = z.looseObject({
  server: z.string(),
  'certificate-authority': z.string().optional(),
  'certificate-authority-data': z.string().optional(),
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': z.string().optional(),
});
/** The part of a kubeconfig user that names an executable which prints a credential. */
export const ExecEntry = z.looseObject({
  apiVersion: z.string(),
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
const User = z.looseObject({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  'client-certificate': z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-key': z.string().optional(),
  'client-key-data': z.string().optional(),
  exec: ExecEntry.nullish(),
});
const Kubeconfig = z.looseObject({
  'current-context': z.string().optional(),
  contexts: z.array(z.looseObject({ name: z.string(), context: Context })).default([]),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: Cluster })).default([]),
  users: z.array(z.looseObject({ name: z.string(), user: User })).default([]),
});

/**
 * The login of one context of a kubeconfig (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/). Paths in it are
 * relative to `file`. Throws a Failure that names the context, cluster or user that is missing.
 */
export async function readKubeconfig(
  text: string,
  wanted: string | undefined,
  file: string | null,
  signal: AbortSignal,
): Promise<KubeLogin> {
  const { parse } = await import('yaml');
  const read = Kubeconfig.safeParse(parse(text));
  if (!read.success) throw broken('The kubeconfig is not one', read.error.issues[0]?.path.join('.') ?? '');
  const config = read.data;
  const pick = <T extends { name: string }>(list: T[], kind: string, name: string | undefined): T => {
    const entry = list.find((one) => one.name === name);
    if (entry === undefined) throw broken(`The kubeconfig has no such ${kind}`, name ?? 'none named');
    return entry;
  };
  const { context } = pick(config.contexts, 'context', wanted ?? config['current-context']);
  const { cluster } = pick(config.clusters, 'cluster', context.cluster);
  const { user } = context.user ? pick(config.users, 'user', context.user) : { user: User.parse({}) };
  const content = async (path: string | undefined, data: string | undefined) => {
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    return path === undefined ? undefined : fileText(file === null ? path : resolve(dirname(file), path));
  };
  const plugin = user.exec ? await runExecPlugin(user.exec, cluster.server, file, signal) : {};
  const ca = await content(cluster['certificate-authority'], cluster['certificate-authority-data']);
  const cert =
    plugin.clientCertificateData ??
    (await content(user['client-certificate'], user['client-certificate-data']));
  const key = plugin.clientKeyData ?? (await content(user['client-key'], user['client-key-data']));
  const token =
    plugin.token ?? (user.tokenFile ? (await content(user.tokenFile, undefined))?.trim() : user.token);
  const basic =
    user.username === undefined
      ? undefined
      : `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`;
  const authorization = token === undefined ? basic : `Bearer ${token}`;
  return {
    server: cluster.server,
    tls: {
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(cluster['tls-server-name'] && { servername: cluster['tls-server-name'] }),
      ...(cluster['insecure-skip-tls-verify'] && { rejectUnauthorized: false }),
    },
    headers: authorization === undefined ? {} : { authorization },
  };
}

const broken = (what: string, value: string) =>
  new Failure({
    code: 'kube-login',
    retry: 'never',
    what,
    value,
    remedy: 'Correct the kubeconfig, or name another context.',
  });
