import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhooks } from '@octokit/webhooks';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { closeUnread, readBody } from '../kit/read-body.ts';
import { type PullRequestNews, readNews } from './news.ts';

/** GitHub caps a webhook's payload at 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads). */
const payloadCap = 25 * 1024 * 1024;

/** What the door needs from outside. */
export type GithubDoorOptions = {
  /** GITHUB_WEBHOOK_SECRET. */
  secret: string;
  /** Hands over what happened to a pull request; 2xx is answered once it resolves, 503 when it fails. */
  handle: (news: PullRequestNews) => Promise<void>;
  /** Whether this delivery id was handled before, here or in another replica. */
  seen: (id: string) => Promise<boolean>;
  /** Remembers a delivery id once it was handled. */
  remember: (id: string) => Promise<void>;
  log: Log;
};

/** A handler for `POST /webhooks/github`; mount it where no body parser ran before, because the signature covers the raw bytes. */
export type GithubDoor = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Creates the door. It answers 202 for everything signed that it handled or has no use for, 400 for what it can't read, 401 for a bad
 * signature, 413 over 25 MB, 503 when the news could not be kept. GitHub never sends again by itself: what is lost here is found by
 * reading the pull request. It never throws.
 */
export function createGithubDoor(options: GithubDoorOptions): GithubDoor {
  const { log, handle, seen, remember } = options;
  const webhooks = new Webhooks({ secret: options.secret });

  async function answer(request: IncomingMessage): Promise<[status: number, why: string]> {
    const body = await readBody(request, payloadCap);
    if (body === 'too-large') return [413, `The body is over ${payloadCap} bytes.`];
    if (body === 'gone') return [400, 'The connection was closed inside the body.'];
    const header = (name: string) => [request.headers[name]].flat()[0] ?? '';
    const text = body.toString('utf8');
    if (!(await signed(text, header('x-hub-signature-256'))))
      return [401, 'X-Hub-Signature-256 does not match GITHUB_WEBHOOK_SECRET.'];
    const delivery = header('x-github-delivery');
    if (!delivery) return [400, 'X-GitHub-Delivery is missing.'];
    const news = readNews(header('x-github-event'), text);
    if (news === 'unreadable')
      return [400, 'The body is not JSON of the shape GitHub documents for this event.'];
    if (news === 'nothing') return [202, 'Nothing to do for this event.'];
    if (await seen(delivery)) return [202, 'This delivery was handled before.'];
    await handle(news);
    await remember(delivery);
    return [202, 'Accepted.'];
  }

  async function signed(text: string, signature: string): Promise<boolean> {
    // The library throws for an empty body or signature instead of saying no.
    return text !== '' && /^sha256=[0-9a-f]{64}$/.test(signature) && webhooks.verify(text, signature);
  }

  return async (request, response) => {
    const [status, why] = await answer(request).catch((error): [number, string] => {
      log.error({ reason: reasonOf(error) }, 'a GitHub webhook could not be handled');
      return [
        503,
        'The delivery could not be kept; redeliver it, or wait for the next look at the pull request.',
      ];
    });
    if (status === 400 || status === 401 || status === 413)
      log.warn({ status, why, event: request.headers['x-github-event'] }, 'refused a GitHub webhook');
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
    closeUnread(request);
  };
}
