import express, { type Router } from 'express';
import { createFaults, type Faults } from '../faults.ts';
import { type Listening, listenLocally } from '../listen.ts';

/** One page as it arrived; the same idempotency key is the same page, however often it was posted. */
export type HookPage = {
  key: string;
  /** How often it was posted. */
  posts: number;
  at: number;
  headers: Record<string, string>;
  body: unknown;
};

/** What following an acknowledge link showed: the page's status and text, and the status after pressing its button. */
export type Followed = { shown: number; page: string; acknowledged: number | null };

/** A receiver for the generic webhook pager, which stands for a phone bridge or a home-grown pager. */
export type SandboxPagerHook = {
  router: Router;
  faults: Faults;
  pages(): HookPage[];
  /** Opens a page's acknowledge link (GET) and, with `press`, presses its button (POST of its form). */
  follow(link: string, press: boolean): Promise<Followed>;
  onChange(listener: () => void): () => void;
};

/** Creates the receiver; it records every POST under the path `/`. A POST without `Idempotency-Key` is refused with 400. */
export function createSandboxPagerHook(options: { now: () => number }): SandboxPagerHook {
  const pages = new Map<string, HookPage>();
  const faults = createFaults();
  const listeners = new Set<() => void>();
  const router = express.Router();
  router.use((request, response, next) => faults.middleware(request, response, next));
  router.post('/', express.json({ limit: '1mb' }), (request, response) => {
    const key = request.get('idempotency-key');
    if (!key) return void response.status(400).json({ error: 'Idempotency-Key is missing' });
    const known = pages.get(key);
    if (known) known.posts += 1;
    else
      pages.set(key, {
        key,
        posts: 1,
        at: options.now(),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: request.body,
      });
    for (const listener of listeners) listener();
    response.status(known ? 200 : 201).json({ accepted: true });
  });
  return {
    router,
    faults,
    pages: () => [...pages.values()],
    async follow(link, press) {
      const ask = { redirect: 'manual', signal: AbortSignal.timeout(10_000) } as const;
      const shown = await fetch(link, ask);
      const page = await shown.text();
      if (!press) return { shown: shown.status, page, acknowledged: null };
      const action = /<form[^>]*\baction="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const fields = [...page.matchAll(/<input[^>]*\bname="([^"]*)"[^>]*\bvalue="([^"]*)"/g)];
      const answer = await fetch(new URL(action, link), {
        ...ask,
        method: 'POST',
        body: new URLSearchParams(
          fields.map(([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')]),
        ),
      });
      await answer.body?.cancel();
      return { shown: shown.status, page, acknowledged: answer.status };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Starts the receiver on its own port of 127.0.0.1. */
export async function startSandboxPagerHook(options: {
  now: () => number;
  port?: number;
}): Promise<SandboxPagerHook & Listening> {
  const hook = createSandboxPagerHook(options);
  return { ...hook, ...(await listenLocally('/pager-hook', hook.router, options.port)) };
}
