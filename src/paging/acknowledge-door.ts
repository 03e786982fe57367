import type { RequestHandler } from 'express';
import type { Language } from '../incident/words.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { type AcknowledgeView, acknowledgeHeaders, acknowledgePage } from './acknowledge-page.ts';
import { type AcknowledgeToken, readToken } from './acknowledge-token.ts';
import type { Who } from './page.ts';

/** What the door needs from outside. `look` and `acknowledge` answer with how the incident stands then. */
export type AcknowledgeDoorOptions = {
  /** The secret that signs the links. */
  secret: string;
  look: (token: AcknowledgeToken) => Promise<AcknowledgeView>;
  acknowledge: (token: AcknowledgeToken) => Promise<AcknowledgeView>;
  who: Who;
  /** The language for somebody whom the link does not name. */
  language: Language;
  log: Log;
  now: () => number;
};

const statuses = { open: 200, acknowledged: 200, resolved: 200, unknown: 404, expired: 410, broken: 503 };

/**
 * The page behind acknowledge links; mount it at `/ack`. GET only shows, so a link preview or a mail scanner acknowledges
 * nothing; POST acknowledges in the name of the person in the link, and repeats are harmless. 404 for a link that is not
 * ours, 410 for an expired one, 405 for other methods, 503 when the acknowledgement could not be saved. It never throws.
 */
export function createAcknowledgeDoor(options: AcknowledgeDoorOptions): RequestHandler {
  const { secret, look, acknowledge, who, now, log } = options;

  async function view(method: string, token: AcknowledgeToken): Promise<AcknowledgeView> {
    try {
      return await (method === 'POST' ? acknowledge(token) : look(token));
    } catch (error) {
      log.error({ ...token.subject, reason: reasonOf(error) }, 'an acknowledge link could not be followed');
      return { is: 'broken' };
    }
  }

  return async (request, response) => {
    request.resume();
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
      response.writeHead(405, { allow: 'GET, HEAD, POST' }).end('Use GET or POST.\n');
      return;
    }
    const token = readToken(secret, request.path.slice(1), now());
    const found =
      typeof token === 'object'
        ? await view(request.method, token)
        : ({ is: token === 'expired' ? 'expired' : 'unknown' } as const);
    const language = (typeof token === 'object' && who(token.person)?.language) || options.language;
    response.writeHead(statuses[found.is], acknowledgeHeaders).end(acknowledgePage(found, language));
  };
}
