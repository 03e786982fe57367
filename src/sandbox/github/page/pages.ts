import { readFileSync } from 'node:fs';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { html } from '../../page/html.ts';
import { ApiError, notFound } from '../api-error.ts';
import { pullOf, type ReviewEvent } from '../pull-rules.ts';
import type { Pull, User } from '../repository.ts';
import type { World } from '../world.ts';
import { conversationPage } from './conversation.ts';
import { commitsPage, filesPage } from './files.ts';
import { document, pullPath, type Scene, sheets } from './layout.ts';
import { instant, labelTag, statePill } from './pieces.ts';

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

const assets: Record<string, string> = Object.fromEntries(
  [...sheets, 'live.js'].map((name) => [name, readAsset(name)]),
);

function readAsset(name: string): string {
  return readFileSync(new URL(`./static/${name}`, import.meta.url), 'utf8');
}

type Parts = {
  world: World;
  onChange: (listener: () => void) => () => void;
  beside: Scene['beside'];
};

/** The pages of the look-alike as one router; everybody who opens them may act as anybody, which is what a sandbox is for. */
export function createPages({ world, onChange, beside }: Parts): Router {
  const { repository } = world;
  const pages = express.Router();
  const home = `/${repository.owner}/${repository.name}`;

  const viewerOf = (request: Request): User => {
    const login = /(?:^|;\s*)github_as=([^;]*)/.exec(request.get('cookie') ?? '')?.[1];
    const chosen = repository.users.find((user) => user.login === decodeURIComponent(login ?? ''));
    const newest = repository.pulls.at(-1);
    return (
      chosen ??
      repository.users.find(({ login: one }) => newest?.requestedReviewers.includes(one)) ??
      repository.users.find(({ login: one }) => one !== newest?.author.login) ??
      (repository.users[0] as User)
    );
  };
  const sceneOf = (request: Request): Scene => ({
    repository,
    viewer: viewerOf(request),
    root: request.baseUrl,
    beside,
  });
  const pullIn = (request: Request): Pull => pullOf(repository, Number(request.params.number));

  pages.use((request, response, next) => {
    response.set({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    // Another site's page in the same browser must not be able to approve.
    const site = request.get('sec-fetch-site');
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (request.method !== 'GET' && foreign) throw new ApiError(403, 'This form was sent from another site');
    next();
  });
  pages.use(express.urlencoded({ extended: false, limit: '200kb' }));

  pages.get('/static/:name', (request, response) => {
    const asset = Object.hasOwn(assets, request.params.name) ? assets[request.params.name] : undefined;
    if (asset === undefined) throw notFound();
    response.type(request.params.name).send(asset);
  });
  pages.get('/events', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': live\n\n');
    const stop = onChange(() => response.write('data: changed\n\n'));
    response.on('close', stop);
  });
  pages.post('/as', (request, response) => {
    const login = encodeURIComponent(String(request.body?.login ?? ''));
    response.cookie('github_as', decodeURIComponent(login), {
      httpOnly: true,
      sameSite: 'lax',
      path: request.baseUrl || '/',
    });
    response.redirect(303, backTo(request));
  });
  // Only the path of the page it came from: a redirect must not lead to another site.
  const backTo = (request: Request): string => {
    const referer = request.get('referer') ?? '';
    const path = URL.canParse(referer) ? new URL(referer).pathname : '';
    return path.startsWith(`${request.baseUrl}${home}`) ? path : `${request.baseUrl}${home}/pulls`;
  };

  pages.get(['/', home], (request, response) => response.redirect(303, `${request.baseUrl}${home}/pulls`));
  pages.get(`${home}/pulls`, (request, response) => void response.send(listPage(sceneOf(request))));
  pages.get(
    `${home}/pull/:number`,
    (request, response) => void response.send(conversationPage(sceneOf(request), pullIn(request))),
  );
  pages.get(`${home}/pull/:number/files`, (request, response) => {
    response.send(filesPage(sceneOf(request), pullIn(request), request.query.view === 'rendered'));
  });
  pages.get(
    `${home}/pull/:number/commits`,
    (request, response) => void response.send(commitsPage(sceneOf(request), pullIn(request))),
  );

  const acts: Record<string, (user: User, number: number, body: Record<string, string>) => unknown> = {
    review: (user, number, { event = 'COMMENT', body = '' }) =>
      world.review(user, number, event as ReviewEvent, body),
    merge: (user, number) => world.merge(user, number),
    close: (user, number) => world.setState(user, number, 'closed'),
    reopen: (user, number) => world.setState(user, number, 'open'),
  };
  pages.post(`${home}/pull/:number/:act`, (request, response) => {
    const scene = sceneOf(request);
    const act = Object.hasOwn(acts, request.params.act) ? acts[request.params.act] : undefined;
    if (!act) throw notFound();
    const pull = pullIn(request);
    try {
      act(scene.viewer, pull.number, request.body ?? {});
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const [first] = (error.body.errors as unknown[] | undefined) ?? [];
      const notice = typeof first === 'string' ? first : error.message;
      return void response.status(error.status).send(conversationPage({ ...scene, notice }, pull));
    }
    response.redirect(303, pullPath(scene, pull));
  });

  pages.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof ApiError)) return next(error);
    const content = html`<h1>${error.status === 404 ? 'This is not a page of this repository.' : error.message}</h1>`;
    response.status(error.status).send(document(sceneOf(request), error.message, content));
  });
  return pages;
}

function listPage(scene: Scene): string {
  const { repository } = scene;
  const rows = repository.pulls
    .toReversed()
    .map(
      (pull) =>
        html`<li>${statePill(pull)}<div><a href="${pullPath(scene, pull)}"><strong>${pull.title}</strong></a> ${pull.labels.map(labelTag)}<p class="muted">#${pull.number} opened ${instant(pull.createdAt)} by ${pull.author.login}</p></div></li>`,
    );
  const empty = html`<div class="blank"><h2>No pull requests yet</h2><p>When an incident is over, its postmortem appears here.</p></div>`;
  return document(
    scene,
    `Pull requests · ${repository.owner}/${repository.name}`,
    rows.length > 0 ? html`<h1>Pull requests</h1><ul class="list">${rows}</ul>` : empty,
  );
}
