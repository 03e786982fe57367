import { Agent, request } from 'undici';
import { Failure } from '../../../kit/failure.ts';
import { guardedLookup, refuseAddress } from '../../../kit/guarded-agent.ts';
import { failureOfAnswer, failureOfNoAnswer, statusIn } from './kube-failure.ts';
import type { KubeCluster } from './kube-input.ts';
import { kubeLogin } from './kube-login.ts';

type Query = Record<string, string | number | boolean | undefined>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
type Sent = { method?: Method; type?: string; body?: string; query?: Query | undefined };

/** How an object is changed (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/). */
export type PatchKind = 'merge' | 'strategic' | 'json';

/**
 * A connection to one API server, for one step. Every call ends within the patience and with the signal. What is no success is a
 * Failure: `kube-forbidden` (naming the missing verb and resource), `kube-unauthorised`, `kube-not-found`, `kube-conflict`,
 * `kube-invalid`, `kube-unavailable`, `kube-timeout`, `kube-unreachable`, `kube-tls`, `kube-connection-lost`, `kube-too-large`.
 */
export type Kube = {
  get: <T>(path: string, query?: Query) => Promise<T>;
  /** All items of a collection, page by page, at most 5,000. */
  list: <T>(path: string, query?: Query) => Promise<T[]>;
  /** Plain text such as a log: its last 64 KB. */
  text: (path: string, query?: Query) => Promise<string>;
  patch: <T>(path: string, body: unknown, kind: PatchKind) => Promise<T>;
  create: <T>(path: string, body: unknown) => Promise<T>;
  /**
   * A request through the proxy to a pod or a service. Answers with whatever status came, also the API server's own 503 when
   * nobody listens; only a 401 or 403 of the API server itself is a Failure.
   */
  proxy: (
    path: string,
    init?: { method?: Method; body?: string; type?: string; query?: Query },
  ) => Promise<{ status: number; text: string }>;
  close: () => Promise<void>;
};

const patchTypes: Record<PatchKind, string> = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
};
const limits = { page: 250, items: 5000, json: 16 * 1_048_576, text: 65_536 } as const;

/** Connects to an API server: reads what the login needs; the first call opens the connection. Close it when done. */
export async function connectKube(options: {
  cluster: KubeCluster;
  /** Milliseconds one call may take. */
  patience: number;
  signal: AbortSignal;
  secret: (name: string) => string;
}): Promise<Kube> {
  const { patience, signal } = options;
  const { server, tls, headers } = await kubeLogin(options.cluster, options.secret, signal);
  const base = new URL(server.endsWith('/') ? server : `${server}/`);
  refuseAddress(base, true);
  const agent = new Agent({ connect: { ...tls, lookup: guardedLookup(true), timeout: patience } });

  const exchange = async (path: string, sent: Sent, keep: 'all' | 'tail') => {
    const url = new URL(path.replace(/^\//, ''), base);
    for (const [name, value] of Object.entries(sent.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    signal.throwIfAborted();
    try {
      const answer = await request(url, {
        dispatcher: agent,
        method: sent.method ?? 'GET',
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
        headers: {
          ...headers,
          'user-agent': 'Muster',
          ...(sent.body !== undefined && { 'content-type': sent.type ?? 'application/json' }),
        },
        body: sent.body ?? null,
      });
      return { status: answer.statusCode, text: await bounded(answer.body, keep) };
    } catch (error) {
      signal.throwIfAborted();
      throw failureOfNoAnswer(error, base.origin, patience);
    }
  };
  const ask = async (path: string, sent: Sent, keep: 'all' | 'tail' = 'all') => {
    const { status, text } = await exchange(path, sent, keep);
    if (status < 200 || status > 299) throw failureOfAnswer(status, text, `${sent.method ?? 'GET'} ${path}`);
    return text;
  };
  const json = async <T>(path: string, sent: Sent) => JSON.parse(await ask(path, sent)) as T;

  return {
    get: (path, query) => json(path, { query }),
    list: async <T>(path: string, query: Query = {}) => {
      const items: T[] = [];
      for (let next: string | undefined; ; ) {
        const page = await json<{ items?: T[]; metadata?: { continue?: string } }>(path, {
          query: { limit: limits.page, ...query, continue: next },
        });
        items.push(...(page.items ?? []));
        next = page.metadata?.continue || undefined;
        if (next === undefined) return items;
        if (items.length >= limits.items) throw tooLarge(`${path}: more than ${limits.items} objects`);
      }
    },
    text: (path, query) => ask(path, { query }, 'tail'),
    patch: (path, body, kind) =>
      json(path, { method: 'PATCH', type: patchTypes[kind], body: JSON.stringify(body) }),
    create: (path, body) => json(path, { method: 'POST', body: JSON.stringify(body) }),
    proxy: async (path, init = {}) => {
      const answer = await exchange(path, init, 'all');
      const refused = [401, 403].includes(answer.status) && statusIn(answer.text) !== undefined;
      if (refused) throw failureOfAnswer(answer.status, answer.text, path);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

async function bounded(body: AsyncIterable<Buffer>, keep: 'all' | 'tail'): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limits.json) throw tooLarge(`more than ${limits.json} bytes`);
    while (keep === 'tail' && size - chunks[0]!.length > limits.text) size -= chunks.shift()!.length;
  }
  const whole = Buffer.concat(chunks);
  return (keep === 'tail' ? whole.subarray(-limits.text) : whole).toString('utf8');
}

const tooLarge = (value: string) =>
  new Failure({
    code: 'kube-too-large',
    retry: 'never',
    what: 'The answer of the API server is too large',
    value,
    remedy: 'Name a narrower namespace or label selector.',
  });
