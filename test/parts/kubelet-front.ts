import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import type { Pod } from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import type { KubernetesPart } from './kubernetes.ts';

/** What a proxied pod or service answers. */
export type ProxyAnswer = { status?: number; body: string; type?: string };

/**
 * A front before a real API server that answers what only kubelets and pods can, from what the test sets; the rest passes through.
 * Rights are the API server's own: it is asked whether the caller may, and a refusal has its words.
 */
export type KubeletFront = {
  api: string;
  cluster: KubernetesPart['cluster'];
  /** What `namespace/pod/container` wrote; `previous` is the log of the container before its last restart. */
  log: (of: string, text: string, previous?: string) => void;
  /** What is behind `namespace/services/name:port` or `namespace/pods/name:port`, by method and path. */
  answer: (of: string, say: (method: string, path: string, body: string) => ProxyAnswer) => void;
  stop: () => Promise<void>;
};

const logPath = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/;
const proxyPath = /^\/api\/v1\/namespaces\/([^/]+)\/(services|pods)\/([^/]+)\/proxy(\/.*)?$/;
const verbs: Record<string, string> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
};

type Review = { namespace: string; verb: string; resource: string; subresource: string; name: string };

/** Starts the front on a port of its own, with the API server's certificate. */
export async function startKubeletFront(part: KubernetesPart): Promise<KubeletFront> {
  const logs = new Map<string, { text: string; previous: string | undefined }>();
  const services = new Map<string, (method: string, path: string, body: string) => ProxyAnswer>();
  const ca = readFileSync(part.ca);
  const agent = new Agent({ ca, keepAlive: true });

  const server = createServer({ cert: ca, key: readFileSync(part.key) }, (from, to) => {
    handle(from, to).catch((error: Error) => refuse(to, 500, 'InternalError', error.message));
  });
  const handle = async (from: IncomingMessage, to: ServerResponse) => {
    const url = new URL(from.url ?? '/', part.api);
    const log = logPath.exec(url.pathname);
    const proxied = proxyPath.exec(url.pathname);
    const say = proxied && services.get(`${proxied[1]}/${proxied[2]}/${proxied[3]}`);
    if (log) {
      const [, namespace, name] = log as unknown as [string, string, string];
      const review = { namespace, verb: 'get', resource: 'pods', subresource: 'log', name };
      if (await allowed(from, to, review)) await tellLog(to, namespace, name, url.searchParams);
    } else if (proxied && say) {
      const [, namespace, resource, target] = proxied as unknown as [string, string, string, string];
      const review = {
        namespace,
        verb: verbs[from.method ?? 'GET'] ?? 'get',
        resource,
        subresource: 'proxy',
        name: target.split(':')[0]!,
      };
      if (!(await allowed(from, to, review))) return;
      const body = await textOf(from);
      const { status = 200, body: text, type } = say(from.method ?? 'GET', proxied[4] ?? '/', body);
      to.writeHead(status, { 'content-type': type ?? 'application/json' }).end(text);
    } else pass(from, to);
  };

  const allowed = async (from: IncomingMessage, to: ServerResponse, review: Review): Promise<boolean> => {
    const answer = await call('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      method: 'POST',
      authorization: from.headers.authorization ?? '',
      body: JSON.stringify({ spec: { resourceAttributes: review } }),
    });
    if (answer.status === 401) refuse(to, 401, 'Unauthorized', 'Unauthorized');
    else if ((JSON.parse(answer.text) as { status?: { allowed?: boolean } }).status?.allowed) return true;
    else {
      const { name, namespace, verb, resource, subresource } = review;
      const user = (from.headers.authorization ?? '').replace(/^Bearer |-token$/g, '');
      const text = `${resource} "${name}" is forbidden: User "${user}" cannot ${verb} resource "${resource}/${subresource}" in API group "" in the namespace "${namespace}"`;
      refuse(to, 403, 'Forbidden', text);
    }
    return false;
  };

  /** As `pkg/registry/core/pod/strategy.go` (LogLocation) and the kubelet's container logs answer. */
  const tellLog = async (to: ServerResponse, namespace: string, name: string, query: URLSearchParams) => {
    const found = await call(`/api/v1/namespaces/${namespace}/pods/${name}`, {
      authorization: 'Bearer admin-token',
    });
    if (found.status === 404) return refuse(to, 404, 'NotFound', `pods "${name}" not found`);
    const { spec, status }: Pod = JSON.parse(found.text);
    const names = [...spec.containers, ...(spec.initContainers ?? [])].map((one) => one.name);
    const container = query.get('container') ?? (spec.containers.length === 1 ? names[0]! : '');
    if (container === '') {
      const text = `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`;
      return refuse(to, 400, 'BadRequest', text);
    }
    if (!names.includes(container)) {
      return refuse(to, 400, 'BadRequest', `container ${container} is not valid for pod ${name}`);
    }
    const written = logs.get(`${namespace}/${name}/${container}`);
    const previous = query.get('previous') === 'true';
    const text = previous ? written?.previous : written?.text;
    if (text === undefined) {
      const state = status?.containerStatuses?.find((one) => one.name === container)?.state?.waiting;
      const why = previous
        ? `previous terminated container "${container}" in pod "${name}" not found`
        : `container "${container}" in pod "${name}" is waiting to start: ${state?.reason ?? 'ContainerCreating'}`;
      return refuse(to, 400, 'BadRequest', why);
    }
    const lines = text.replace(/\n$/, '').split('\n');
    const tail = query.get('tailLines');
    const shown = `${(tail === null ? lines : lines.slice(-Number(tail))).join('\n')}\n`;
    const most = query.get('limitBytes');
    to.writeHead(200, { 'content-type': 'text/plain' }).end(most ? shown.slice(0, Number(most)) : shown);
  };

  const call = (
    path: string,
    init: { method?: string; authorization: string; body?: string },
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: init.authorization, 'content-type': 'application/json' };
      request(new URL(path, part.api), { agent, method: init.method ?? 'GET', headers }, (answer) => {
        textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject);
      })
        .once('error', reject)
        .end(init.body);
    });

  const pass = (from: IncomingMessage, to: ServerResponse) => {
    const { method, headers } = from;
    const on = request(new URL(from.url ?? '/', part.api), { agent, method, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    on.once('error', () => to.destroy());
    from.pipe(on);
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `https://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    api,
    cluster: { ...part.cluster, api },
    log: (of, text, previous) => void logs.set(of, { text, previous }),
    answer: (of, say) => void services.set(of, say),
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(to: ServerResponse, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  to.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(status));
}
