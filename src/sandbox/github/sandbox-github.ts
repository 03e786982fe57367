import express, { type Router } from 'express';
import { createFaults, type Faults } from '../faults.ts';
import { type Listening, listenLocally } from '../listen.ts';
import { type Call, createApi } from './api.ts';
import { type App, createAuth, type Token } from './auth.ts';
import { filesOf } from './git-objects.ts';
import { createLimitBook, documentedLimits, type Limits } from './limits.ts';
import { createPages } from './page/pages.ts';
import type { ReviewEvent } from './pull-rules.ts';
import { createRepository, type Pull, type Repository, type Review } from './repository.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import { createWorld, userOf, type World } from './world.ts';

/** How a look-alike is set up. */
export type SandboxGithubOptions = {
  /** `owner/name`. */
  repository: string;
  /** Collaborators, who can act on the pages and be asked for reviews. */
  users: { login: string; name: string }[];
  tokens?: Record<string, Token>;
  apps?: App[];
  /** Files of the first commit; without them the repository is empty. */
  files?: Record<string, string>;
  /** Approvals that branch protection asks for before a merge; default 0. */
  requiredApprovals?: number;
  limits?: Partial<Limits>;
  /** A page beside the look-alike that every page links back to. */
  beside?: { name: string; href: string };
  /** The address under which `router` is mounted, without a slash at the end. */
  publicUrl: () => string;
  now: () => number;
};

/** What somebody does on the pages. */
export type Act = {
  review(number: number, event: ReviewEvent, body?: string): Review;
  merge(number: number): string;
  close(number: number): Pull;
  reopen(number: number): Pull;
  comment(number: number, body: string): void;
};

/** A GitHub look-alike for one repository: API under `/api/v3`, pages, webhooks, and records for oracles. */
export type SandboxGithub = {
  router: Router;
  /** The value for GITHUB_API_URL. */
  apiUrl(): string;
  repository: Repository;
  world: World;
  webhooks: Webhooks;
  faults: Faults;
  calls: Call[];
  as(login: string): Act;
  /** Path → text of every file on a branch or commit. */
  filesOn(ref: string): Record<string, string>;
  /** Calls the listener after every visible change; returns the function that stops it. */
  onChange(listener: () => void): () => void;
};

/** Creates the look-alike; mount `router` where `publicUrl` says. */
export function createSandboxGithub(options: SandboxGithubOptions): SandboxGithub {
  const { now } = options;
  const repository = createRepository({ ...options, fullName: options.repository, now: now() });
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const at = () => ({ web: options.publicUrl(), api: `${options.publicUrl()}/api/v3` });
  const webhooks = createWebhooks(now);
  const world = createWorld(repository, webhooks, at, now, changed);
  const auth = createAuth({
    tokens: options.tokens ?? {},
    apps: options.apps ?? [],
    users: repository.users,
    now,
  });
  const limits = createLimitBook({ ...documentedLimits, ...options.limits }, now);
  const faults = createFaults();
  const calls: Call[] = [];
  const router = express.Router();
  router.use('/api/v3', createApi({ world, auth, limits, faults, calls, at, now, changed }));
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  router.use(createPages({ world, onChange, beside: options.beside }));
  return {
    router,
    apiUrl: () => at().api,
    repository,
    world,
    webhooks,
    faults,
    calls,
    as(login) {
      const user = userOf(repository, login);
      return {
        review: (number, event, body = '') => world.review(user, number, event, body),
        merge: (number) => world.merge(user, number),
        close: (number) => world.setState(user, number, 'closed'),
        reopen: (number) => world.setState(user, number, 'open'),
        comment: (number, body) => void world.comment(user, number, body),
      };
    },
    filesOn(ref) {
      const commit = repository.store.commit(repository.branches.get(ref) ?? ref);
      const files = filesOf(repository.store, commit?.tree ?? '');
      return Object.fromEntries(
        [...files].map(([path, file]) => [path, repository.store.blob(file.sha)?.toString('utf8') ?? '']),
      );
    },
    onChange,
  };
}

/** Starts the look-alike on its own port of 127.0.0.1 (0 = any free one), mounted at `/github`. */
export async function startSandboxGithub(
  options: Omit<SandboxGithubOptions, 'publicUrl'> & { port?: number },
): Promise<SandboxGithub & Listening> {
  let url = '';
  const github = createSandboxGithub({ ...options, publicUrl: () => url });
  const listening = await listenLocally('/github', github.router, options.port);
  url = listening.url;
  return {
    ...github,
    ...listening,
    async close() {
      await listening.close();
      await github.webhooks.settled();
    },
  };
}
