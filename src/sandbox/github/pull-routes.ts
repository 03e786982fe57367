import type { Request, Router } from 'express';
import type { Respond } from './api.ts';
import { validationFailed } from './api-error.ts';
import { pullOf } from './pull-rules.ts';
import type { Repository } from './repository.ts';
import { type Addresses, changedFiles, showComment, showLabel, showPull, showReview } from './shapes.ts';
import type { World } from './world.ts';

const numberIn = (request: Request): number => Number(request.params.number);

function page<T>(request: Request, items: T[]): T[] {
  const size = Math.min(100, Number(request.query.per_page ?? 30));
  const from = (Number(request.query.page ?? 1) - 1) * size;
  return items.slice(from, from + size);
}

function required(body: Record<string, unknown>, resource: string, ...fields: string[]): void {
  const missing = fields.filter((field) => typeof body[field] !== 'string' || body[field] === '');
  if (missing.length > 0)
    throw validationFailed(...missing.map((field) => ({ resource, field, code: 'missing_field' })));
}

/** Pull requests, reviews, labels and comments (https://docs.github.com/rest/pulls and /rest/issues). */
export function pullRoutes(
  api: Router,
  respond: Respond,
  repository: Repository,
  world: World,
  at: () => Addresses,
): void {
  const show = (number: number) => showPull(repository, pullOf(repository, number), at());

  api.get(
    '/pulls',
    respond('read', (request) => {
      const { state = 'open', head, base } = request.query as Record<string, string>;
      const found = repository.pulls
        .filter((pull) => state === 'all' || (state === 'open') === !pull.closed)
        .filter((pull) => !head || `${repository.owner}:${pull.head}` === head)
        .filter((pull) => !base || pull.base === base)
        .toReversed();
      return page(request, found).map((pull) => show(pull.number));
    }),
  );

  api.post(
    '/pulls',
    respond('create', (request, by) => {
      const { title, body = '', head, base, draft = false } = request.body;
      required(request.body, 'PullRequest', 'title', 'head', 'base');
      return show(world.open(by, { title, body: body ?? '', head, base, draft }).number);
    }),
  );

  api.get(
    '/pulls/:number',
    respond('read', (request) => show(numberIn(request))),
  );

  api.patch(
    '/pulls/:number',
    respond('write', (request, by) => {
      const { title, body, state } = request.body;
      world.edit(numberIn(request), { ...(title && { title }), ...(typeof body === 'string' && { body }) });
      if (state === 'open' || state === 'closed') world.setState(by, numberIn(request), state);
      return show(numberIn(request));
    }),
  );

  api.get(
    '/pulls/:number/files',
    respond('read', (request) =>
      page(request, changedFiles(repository, pullOf(repository, numberIn(request)))).map(
        ({ hunks: _, ...file }) => file,
      ),
    ),
  );

  api.put(
    '/pulls/:number/merge',
    respond('write', (request, by) => {
      const { merge_method: method = 'merge', sha, commit_message: message } = request.body ?? {};
      return {
        sha: world.merge(by, numberIn(request), { method, sha, message }),
        merged: true,
        message: 'Pull Request successfully merged',
      };
    }),
  );

  api.get(
    '/pulls/:number/reviews',
    respond('read', (request) => {
      const pull = pullOf(repository, numberIn(request));
      return page(request, pull.reviews).map((review) => showReview(repository, pull, review, at()));
    }),
  );

  api.post(
    '/pulls/:number/reviews',
    respond('write', (request, by) => {
      const { event, body = '' } = request.body;
      const review = world.review(by, numberIn(request), event, body);
      return showReview(repository, pullOf(repository, numberIn(request)), review, at());
    }),
  );

  api.post(
    '/pulls/:number/requested_reviewers',
    respond('create', (request) => {
      world.ask(numberIn(request), request.body.reviewers ?? []);
      return show(numberIn(request));
    }),
  );

  api.get(
    '/issues/:number/labels',
    respond('read', (request) =>
      page(request, pullOf(repository, numberIn(request)).labels).map((label) =>
        showLabel(repository, label, at()),
      ),
    ),
  );

  api.post(
    '/issues/:number/labels',
    respond('write', (request) => {
      const labels: unknown = Array.isArray(request.body) ? request.body : request.body.labels;
      if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string' || label.length > 50))
        throw validationFailed({ resource: 'Label', field: 'name', code: 'invalid' });
      return world.label(numberIn(request), labels).labels.map((label) => showLabel(repository, label, at()));
    }),
  );

  api.get(
    '/issues/:number/comments',
    respond('read', (request) => {
      const pull = pullOf(repository, numberIn(request));
      return page(request, pull.comments).map((comment) => showComment(repository, pull, comment, at()));
    }),
  );

  api.post(
    '/issues/:number/comments',
    respond('create', (request, by) => {
      required(request.body, 'IssueComment', 'body');
      const comment = world.comment(by, numberIn(request), request.body.body);
      return showComment(repository, pullOf(repository, numberIn(request)), comment, at());
    }),
  );
}
