import { App, ExpressReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Express } from 'express';
import { reasonOf } from '../../kit/failure.ts';
import type { Log } from '../../kit/log.ts';
import { createDesk } from './desk.ts';
import { guardRequest, maxBytes } from './guard-request.ts';
import type { InboundDeps } from './inbound-deps.ts';
import { keepConnected } from './keep-connected.ts';
import { register } from './register.ts';

/** How requests come in: signed HTTP on our own express app, or a WebSocket that we open. */
export type Doorway =
  | { mode: 'http'; web: Express; signingSecret: string }
  | { mode: 'socket'; appToken: string; slackApiUrl: string };

/** The Slack doors. Over HTTP they are mounted as soon as they exist; `start` makes them answer, `stop` waits for the work under way. */
export type SlackInbound = { start: () => Promise<void>; stop: () => Promise<void> };

/** Where Slack sends events, interactions and commands; the manifest names the same path. */
export const slackPath = '/slack/events';

/**
 * Creates the Slack doors with one handler set for both ways in. Mount them before anything that parses bodies: the
 * signature is over the raw bytes. Starting needs no answer from Slack; Socket Mode connects in the background and for ever
 * tries again.
 */
export function createSlackInbound(deps: InboundDeps, doorway: Doorway): SlackInbound {
  const logger = boltLogger(deps.log);
  const receiver =
    doorway.mode === 'http' ? httpReceiver(deps, doorway, logger) : socketReceiver(doorway, logger);
  const { botToken, botId, botUserId, teamId: ours } = deps.app;
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    deferInitialization: true,
    // Fixed ids: without them bolt asks auth.test for every single event.
    authorize: async ({ teamId }) => {
      if (teamId !== ours) throw new Error(`A request for another workspace (${teamId}) was refused`);
      return { botToken, botId, botUserId, teamId };
    },
  });
  app.error(async (error) => {
    deps.log.error({ reason: reasonOf(error) }, 'A request from Slack was refused or failed');
  });
  const desk = createDesk(deps);
  register(app, desk);

  const connection = receiver instanceof SocketModeReceiver ? keepConnected(receiver, deps.log) : null;

  return {
    async start() {
      await app.init();
      await connection?.start();
    },
    async stop() {
      connection?.stop();
      await desk.idle();
    },
  };
}

function httpReceiver(
  { now }: InboundDeps,
  { web, signingSecret }: Extract<Doorway, { mode: 'http' }>,
  logger: Logger,
): ExpressReceiver {
  web.post(slackPath, guardRequest(now));
  return new ExpressReceiver({ app: web, signingSecret, endpoints: slackPath, bodyLimit: maxBytes, logger });
}

function socketReceiver(
  { appToken, slackApiUrl }: Extract<Doorway, { mode: 'socket' }>,
  logger: Logger,
): SocketModeReceiver {
  // The socket's own client alone retries: without it one 5xx ends a connection attempt (engineering-facts §1.5).
  const retryConfig = { forever: true, minTimeout: 500, maxTimeout: 5000, factor: 1.5 };
  return new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl, retryConfig } },
  });
}

/** Bolt's messages in our log; what it calls information is detail to us. */
function boltLogger(log: Log): Logger {
  const at =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level]({ bolt: parts.map(String).join(' ') }, 'Message of the Slack library');
  return {
    debug: () => {},
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
