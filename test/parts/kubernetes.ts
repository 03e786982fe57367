import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { connectKube, type Kube } from '../../src/runbook/systems/kubernetes/kube.ts';
import type { Meta } from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import { freeze } from './freeze.ts';
import { freePort, hasBinary, stopped, until } from './redis-node.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const apiServer = join(root, '.cache', 'kubernetes', 'kube-apiserver');
const rolesFile = join(root, 'deploy', 'kubernetes-rbac.yaml');

/** True when this machine can start an API server; otherwise tests skip with `kubernetesMissing` as the reason. */
export const hasKubernetes = existsSync(apiServer) && hasBinary('etcd', '--version');
export const kubernetesMissing = existsSync(apiServer)
  ? 'needs etcd (sudo apt-get install etcd-server)'
  : 'needs the Kubernetes API server (sh setup.sh --all builds it; about 5 minutes, once)';

/** Accounts: `admin` may do all, `nobody` nothing; each other one what its roles in deploy/kubernetes-rbac.yaml allow. */
const accounts = {
  admin: [],
  nobody: [],
  reader: ['muster-read', 'muster-proxy'],
  certifier: ['muster-read', 'muster-certificates'],
  sender: ['muster-read', 'muster-proxy', 'muster-send'],
  restarter: ['muster-read', 'muster-restart'],
  scaler: ['muster-read', 'muster-scale'],
  rerunner: ['muster-read', 'muster-rerun'],
  resumer: ['muster-read', 'muster-resume'],
} as const satisfies Record<string, readonly string[]>;
export type Account = keyof typeof accounts;

/** The token of an account, as a test's table of secrets. */
export const tokenOf = (account: Account) => ({ KUBERNETES_TOKEN: `${account}-token` });

/** Any object as it is written in YAML. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: Partial<Meta> & { name: string };
  spec?: object;
  status?: object;
} & Record<string, unknown>;

/** An API server of a test's own, without controllers and kubelets: states are set through the status subresource. */
export type KubernetesPart = {
  api: string;
  /** Path of the CA that signed the server's certificate, and its certificate and key, which a front before it may use too. */
  ca: string;
  key: string;
  /** The input of a step that connects here; the token is the secret KUBERNETES_TOKEN. */
  cluster: { api: string; ca: string; token: { secretRef: string } };
  admin: Kube;
  /** Makes a namespace that no other test has. */
  namespace: () => Promise<string>;
  /** Creates an object, and sets its status where it has one. */
  put: <T extends { metadata: Meta }>(namespace: string, object: Manifest) => Promise<T>;
  freeze: () => void;
  thaw: () => void;
  stop: () => Promise<void>;
};

const plurals: Record<string, string> = {
  Ingress: 'ingresses',
  IngressClass: 'ingressclasses',
  NetworkPolicy: 'networkpolicies',
};

/** The path of an object's collection in the API. */
export const collectionOf = (
  { apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>,
  namespace: string | null,
) => {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  return `${group}${namespace === null ? '' : `/namespaces/${namespace}`}/${plural}`;
};

/** Starts etcd and the API server. Measured on an idle machine: ready after 4 s, 290 MB. */
export async function startKubernetes(): Promise<KubernetesPart> {
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'muster-kubernetes-'));
  const [signing, checking] = [join(folder, 'sa.key'), join(folder, 'sa.pub')];
  execFileSync('openssl', ['genrsa', '-out', signing, '2048'], { stdio: 'ignore' });
  execFileSync('openssl', ['rsa', '-in', signing, '-pubout', '-out', checking], { stdio: 'ignore' });
  const tokens = join(folder, 'tokens.csv');
  const groupOf = (account: string) => (account === 'admin' ? ',"system:masters"' : '');
  const lines = Object.keys(accounts).map((name) => `${name}-token,${name},${name}${groupOf(name)}`);
  writeFileSync(tokens, `${lines.join('\n')}\n`);
  const local = (at: number) => `http://127.0.0.1:${at}`;
  const children = [
    spawn(
      'etcd',
      [
        ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'error'],
        ...['--listen-client-urls', local(etcdPort), '--advertise-client-urls', local(etcdPort)],
        ...['--listen-peer-urls', local(peerPort), '--initial-advertise-peer-urls', local(peerPort)],
        ...['--initial-cluster', `default=${local(peerPort)}`],
      ],
      { stdio: 'ignore' },
    ),
    spawn(
      apiServer,
      [
        `--etcd-servers=${local(etcdPort)}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${port}`,
        `--cert-dir=${join(folder, 'certificates')}`,
        `--service-account-key-file=${checking}`,
        `--service-account-signing-key-file=${signing}`,
        '--service-account-issuer=https://localhost',
        `--token-auth-file=${tokens}`,
        '--authorization-mode=RBAC',
        '--service-cluster-ip-range=10.0.0.0/24',
        '--disable-admission-plugins=ServiceAccount',
      ],
      { stdio: 'ignore' },
    ),
  ];
  const [, server] = children;
  const onExit = () => children.forEach((child) => void child.kill('SIGKILL'));
  process.once('exit', onExit);
  const end = async () => {
    await Promise.all(children.map(stopped));
    process.removeListener('exit', onExit);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const api = `https://127.0.0.1:${port}`;
    const ca = join(folder, 'certificates', 'apiserver.crt');
    const cluster = { api, ca, token: { secretRef: 'KUBERNETES_TOKEN' } };
    await until('the API server’s certificate', () => existsSync(ca), 60_000);
    const admin = await connectKube({
      cluster,
      patience: 10_000,
      signal: new AbortController().signal,
      secret: () => 'admin-token',
    });
    await until('the API server to be ready', async () => (await admin.text('/readyz')) === 'ok', 60_000);
    await grant(admin);
    let count = 0;
    return {
      api,
      ca,
      key: join(folder, 'certificates', 'apiserver.key'),
      cluster,
      admin,
      namespace: async () => {
        const name = `shop-${++count}`;
        await admin.create('/api/v1/namespaces', { metadata: { name } });
        return name;
      },
      put: async <T extends { metadata: Meta }>(namespace: string, { status, ...object }: Manifest) => {
        const collection = collectionOf(object as Manifest, namespace);
        const made = await admin.create<T>(collection, object);
        if (status === undefined) return made;
        return admin.patch<T>(`${collection}/${made.metadata.name}/status`, { status }, 'merge');
      },
      freeze: () => freeze(server!.pid!),
      thaw: () => void server!.kill('SIGCONT'),
      stop: async () => {
        await admin.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Creates the shipped roles and binds them to the accounts in every namespace. */
async function grant(admin: Kube): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const roles = parseAllDocuments(readFileSync(rolesFile, 'utf8')).map(
    (document) => document.toJS() as Manifest,
  );
  await Promise.all(roles.map((role) => admin.create(`${rbac}/clusterroles`, role)));
  const apiGroup = 'rbac.authorization.k8s.io';
  const bindings = Object.entries(accounts).flatMap(([name, held]) =>
    held.map((role) => ({
      metadata: { name: `${name}-${role}` },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup, kind: 'User', name }],
    })),
  );
  await Promise.all(bindings.map((binding) => admin.create(`${rbac}/clusterrolebindings`, binding)));
}
