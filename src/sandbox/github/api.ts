import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Faults } from '../faults.ts';
import { ApiError, notFound } from './api-error.ts';
import { type Auth, actorOf, botOf, type Caller } from './auth.ts';
import { gitRoutes } from './git-routes.ts';
import type { Admission, LimitBook } from './limits.ts';
import { pullRoutes } from './pull-routes.ts';
import type { User } from './repository.ts';
import { type Addresses, showRepository, showUser } from './shapes.ts';
import type { World } from './world.ts';

/** One API call as the look-alike saw it; `status` is 0 until it was answered. */
export type Call = {
  at: number;
  method: string;
  path: string;
  login: string;
  status: number;
  fault?: string;
};

/** Wraps an operation: rights by its kind, the answer's status, and errors as documented bodies. */
export type Respond = (
  kind: 'read' | 'write' | 'create' | 'delete',
  operation: (request: Request, by: User) => unknown,
) => (request: Request, response: Response) => void;

type Parts = {
  world: World;
  auth: Auth;
  limits: LimitBook;
  faults: Faults;
  calls: Call[];
  at: () => Addresses;
  now: () => number;
  changed: () => void;
};

const callerOf = (response: Response): Caller => response.locals.caller as Caller;
const loginOf = (caller: Caller): string =>
  caller.kind === 'app' ? botOf(caller.app).login : caller.user.login;

const respond: Respond = (kind, operation) => (request, response) => {
  const by = actorOf(callerOf(response), kind !== 'read');
  const body = operation(request, by);
  if (kind === 'delete') response.status(204).end();
  else response.status(kind === 'create' ? 201 : 200).json(body);
};

function refusal(admission: Admission): ApiError | undefined {
  if (admission.kind === 'primary') return new ApiError(403, 'API rate limit exceeded for this user.');
  if (admission.kind === 'secondary')
    return new ApiError(
      403,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      {},
      { 'retry-after': String(admission.retryAfterSeconds) },
    );
  return undefined;
}

function accountRoutes(api: Router, parts: Parts): void {
  const { world, auth, at } = parts;
  const asApp = (response: Response) => {
    const caller = callerOf(response);
    if (caller.kind !== 'app') throw new ApiError(401, 'A JSON web token could not be decoded');
    return caller.app;
  };
  api.get(
    '/user',
    respond('read', (_request, by) => showUser(by, at())),
  );
  api.get('/rate_limit', (_request, response) => {
    const headers = parts.limits.headers(loginOf(callerOf(response)));
    const core = {
      limit: Number(headers['x-ratelimit-limit']),
      remaining: Number(headers['x-ratelimit-remaining']),
      reset: Number(headers['x-ratelimit-reset']),
      used: Number(headers['x-ratelimit-used']),
    };
    response.json({ resources: { core }, rate: core });
  });
  const installation = (app: ReturnType<typeof asApp>) => ({
    id: app.installationId,
    app_id: app.id,
    app_slug: app.slug,
    target_type: 'Organization',
    permissions: { contents: 'write', pull_requests: 'write', metadata: 'read' },
    events: ['pull_request', 'pull_request_review'],
    access_tokens_url: `${at().api}/app/installations/${app.installationId}/access_tokens`,
  });
  api.get('/app', (_request, response) => {
    const app = asApp(response);
    response.json({ id: app.id, slug: app.slug, name: app.slug });
  });
  api.get('/repos/:owner/:repo/installation', (request, response) => {
    const { owner, name } = world.repository;
    const app = asApp(response);
    if (request.params.owner !== owner || request.params.repo !== name) throw notFound();
    response.json(installation(app));
  });
  api.post('/app/installations/:id/access_tokens', (request, response) => {
    const app = asApp(response);
    if (Number(request.params.id) !== app.installationId) throw notFound();
    const { token, expiresAt } = auth.issue(app);
    response.status(201).json({
      token,
      expires_at: new Date(expiresAt).toISOString(),
      permissions: installation(app).permissions,
      repository_selection: 'selected',
    });
  });
}

/** The REST API as one express Router, to be mounted at `/api/v3`. */
export function createApi(parts: Parts): Router {
  const { world, auth, limits, faults, calls } = parts;
  const api = express.Router();
  let running = 0;

  api.use((request, response, next) => {
    const call: Call = {
      at: parts.now(),
      method: request.method,
      path: decodeURIComponent(request.path),
      login: '',
      status: 0,
    };
    calls.push(call);
    running += 1;
    response.on('close', () => {
      running -= 1;
      call.status = response.headersSent ? response.statusCode : 0;
      if (response.locals.fault) call.fault = response.locals.fault;
    });
    if (!request.get('user-agent'))
      throw new ApiError(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
      );
    const caller = auth.identify(request.get('authorization'));
    response.locals.caller = caller;
    call.login = loginOf(caller);
    const refused = refusal(limits.admit(call.login, request.method !== 'GET', running));
    response.set(limits.headers(call.login));
    if (refused) throw refused;
    next();
  });
  api.use((request, response, next) => faults.middleware(request, response, next));
  api.use(express.json({ limit: '40mb' }));
  accountRoutes(api, parts);

  const repo = express.Router();
  gitRoutes(repo, respond, world.repository, parts.at, parts.now, parts.changed);
  pullRoutes(repo, respond, world.repository, world, parts.at);
  repo.get(
    '/',
    respond('read', () => showRepository(world.repository, parts.at())),
  );
  api.use(
    '/repos/:owner/:repo',
    (request, _response, next) => {
      const { owner, name } = world.repository;
      next(request.params.owner === owner && request.params.repo === name ? undefined : notFound());
    },
    repo,
  );

  api.use(() => {
    throw notFound();
  });
  api.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const answer = error instanceof ApiError ? error : problemOf(error);
    response.status(answer.status).set(answer.headers).json(answer.body);
  });
  return api;
}

const problemOf = (error: unknown): ApiError =>
  (error as { type?: string }).type === 'entity.parse.failed'
    ? new ApiError(400, 'Problems parsing JSON')
    : new ApiError(500, `Server Error: ${error instanceof Error ? error.message : error}`);
