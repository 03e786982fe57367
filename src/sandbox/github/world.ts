import { notFound } from './api-error.ts';
import {
  mergePull,
  openPull,
  pullOf,
  type ReviewEvent,
  requestReviewers,
  setPullState,
  submitReview,
} from './pull-rules.ts';
import type { Pull, Repository, Review, User } from './repository.ts';
import { type Addresses, showPull, showRepository, showReview, showUser } from './shapes.ts';
import type { Webhooks } from './webhooks.ts';

/** The acts that change a pull request; each obeys the rules, sends the webhook and tells the watchers. */
export type World = {
  repository: Repository;
  open(by: User, wanted: Parameters<typeof openPull>[2]): Pull;
  review(by: User, number: number, event: ReviewEvent, body: string): Review;
  merge(by: User, number: number, wanted?: Partial<Parameters<typeof mergePull>[3]>): string;
  setState(by: User, number: number, state: 'open' | 'closed'): Pull;
  ask(number: number, logins: string[]): Pull;
  label(number: number, names: string[]): Pull;
  comment(by: User, number: number, body: string): Pull['comments'][number];
  edit(number: number, change: { title?: string; body?: string }): Pull;
};

/** Creates the acts over a repository. */
export function createWorld(
  repository: Repository,
  webhooks: Webhooks,
  at: () => Addresses,
  now: () => number,
  changed: () => void,
): World {
  function tell(event: string, action: string, by: User, pull: Pull, more: object = {}): void {
    webhooks.emit(event, {
      action,
      number: pull.number,
      pull_request: showPull(repository, pull, at()),
      repository: showRepository(repository, at()),
      sender: showUser(by, at()),
      ...more,
    } as { action: string });
    changed();
  }
  const quiet = (pull: Pull): Pull => {
    pull.updatedAt = now();
    changed();
    return pull;
  };
  return {
    repository,
    open(by, wanted) {
      const pull = openPull(repository, by, wanted, now());
      tell('pull_request', 'opened', by, pull);
      return pull;
    },
    review(by, number, event, body) {
      const review = submitReview(repository, number, by, { event, body }, now());
      const pull = pullOf(repository, number);
      const shown = showReview(repository, pull, review, at());
      tell('pull_request_review', 'submitted', by, pull, {
        review: { ...shown, state: review.state.toLowerCase() },
      });
      return review;
    },
    merge(by, number, wanted = {}) {
      const sha = mergePull(repository, number, by, { method: 'merge', ...wanted }, now());
      tell('pull_request', 'closed', by, pullOf(repository, number));
      return sha;
    },
    setState(by, number, state) {
      const moved = setPullState(repository, number, by, state, now());
      const pull = pullOf(repository, number);
      if (moved) tell('pull_request', state === 'open' ? 'reopened' : 'closed', by, pull);
      return pull;
    },
    ask: (number, logins) => quiet(requestReviewers(repository, number, logins)),
    label(number, names) {
      const pull = pullOf(repository, number);
      for (const name of names) repository.labels.add(name);
      pull.labels = [...new Set([...pull.labels, ...names])];
      return quiet(pull);
    },
    comment(by, number, body) {
      const comment = { id: repository.nextId(), user: by, body, at: now() };
      quiet(pullOf(repository, number)).comments.push(comment);
      return comment;
    },
    edit: (number, change) => quiet(Object.assign(pullOf(repository, number), change)),
  };
}

/** Finds a user who can act on the pages, or throws the 404. */
export function userOf(repository: Repository, login: string): User {
  const user = repository.users.find((one) => one.login === login);
  if (!user) throw notFound();
  return user;
}
