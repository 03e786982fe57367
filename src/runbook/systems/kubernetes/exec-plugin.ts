import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import type { ExecEntry } from './kubeconfig.ts';

const Credential = z.looseObject({
  status: z.looseObject({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});
type Status = z.infer<typeof Credential>['status'];

/** Credentials by the plugin's call, kept until half a minute before they expire, as cloud log-ins take a second each. */
const kept = new Map<string, Status>();

/** What a cloud's log-in needs of our environment; our own secrets are in it too, and are none of its business. */
const needed =
  /^(PATH|HOME|USER|LANG|TMPDIR|XDG_\w+|(AWS|AZURE|GOOGLE|CLOUDSDK|SSL_CERT)_\w+|(HTTPS?|NO)_PROXY)$/i;

/**
 * Runs a kubeconfig's credential plugin (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/) without a shell
 * and answers with what it printed. A Failure names the command, never its output, which may hold the credential.
 */
export async function runExecPlugin(
  exec: z.infer<typeof ExecEntry>,
  server: string,
  file: string | null,
  signal: AbortSignal,
): Promise<Status> {
  const call = JSON.stringify([exec.command, exec.args, exec.env, server]);
  const known = kept.get(call);
  if (known && Date.parse(known.expirationTimestamp!) - 30_000 > Date.now()) return known;
  const command =
    file !== null && exec.command.includes('/') ? resolve(dirname(file), exec.command) : exec.command;
  const info = {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive: false, cluster: { server } },
  };
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name))),
    ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
  };
  try {
    const { stdout } = await promisify(execFile)(command, exec.args ?? [], {
      env,
      signal,
      timeout: 5000,
      killSignal: 'SIGKILL',
      maxBuffer: 1_048_576,
    });
    const { status } = Credential.parse(JSON.parse(stdout));
    if (status.expirationTimestamp !== undefined) kept.set(call, status);
    return status;
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as { code?: unknown };
    throw new Failure({
      code: 'kube-login',
      what: 'The credential plugin of the kubeconfig gave no credential',
      value: `${exec.command}${code === undefined ? '' : `: ${String(code)}`}`,
      remedy: 'Run it by hand as the account that Muster runs as.',
    });
  }
}
