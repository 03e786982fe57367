import type { RequestHandler } from 'express';
import express from 'express';
import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';
import type { Incident } from '../incident/state.ts';
import { createBreaker } from '../kit/breaker.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { Outbound } from '../kit/outbound.ts';
import type { NextLevel } from '../slack/card-status.ts';
import { createSlackCall, type SlackCall } from '../slack/client.ts';
import type { InboundDeps } from '../slack/inbound/inbound-deps.ts';
import { createSlackInbound, type SlackInbound } from '../slack/inbound/slack-inbound.ts';
import { maskTexts } from '../slack/mask-texts.ts';
import { createSlackRoom } from '../slack/room.ts';
import { createSchedule } from '../slack/schedule.ts';
import type { Metrics } from '../web/metrics.ts';
import type { Charts } from './charts.ts';
import type { People } from './people.ts';

/** How long to wait before Slack is asked again who we are. */
const askAgainMs = 5000;

/** What the outgoing half needs. */
export type SlackOut = {
  settings: Settings;
  muster: Muster;
  people: People;
  metrics: Metrics;
  nextLevel: (incident: Incident) => NextLevel;
  charts: Charts;
  outbound: Outbound;
  redact: (text: string) => string;
  report: Log;
};

/** The way out to Slack: calls by priority, counted, and the room on top. Null where no Slack is configured. */
export function openSlack(deps: SlackOut) {
  const { settings, muster, people, metrics, nextLevel, charts, outbound, redact, report } = deps;
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = settings;
  if (!token) return null;
  const bare = createSlackCall({ token, apiUrl }, { schedule: createSchedule(), breaker: createBreaker() });
  const call: SlackCall = async <T>(...[method, args, options]: Parameters<SlackCall>): Promise<T> => {
    try {
      const answer = await bare<T>(method, maskTexts(args, redact), options);
      metrics.count('muster_slack_calls_total', { method, outcome: 'ok' });
      return answer;
    } catch (error) {
      const outcome = (error as { code?: string }).code ?? 'unexpected';
      metrics.count('muster_slack_calls_total', { method, outcome });
      throw error;
    }
  };
  const room = createSlackRoom({
    call,
    log: report,
    sight: {
      nameOf: people.nameOf,
      slackOf: (person) => people.byId(person)?.slack ?? null,
      timezone: muster.timezone,
    },
    nextLevel,
    dashboardOf: (service) => muster.services[service]?.dashboard ?? null,
    draw: charts.picture,
    put: async (url, bytes, signal) => {
      const headers = { 'content-type': 'application/octet-stream' };
      await outbound(url, { method: 'POST', headers, body: bytes, party: 'Slack files', signal });
    },
  });
  /** The workspace's own address, asked once; null while Slack does not say. */
  let workspace: Promise<string | null> | null = null;
  const workspaceUrl = (): Promise<string | null> => {
    workspace ??= call<{ url: string }>('auth.test', {}).then(({ url }) => url);
    return workspace.catch(() => {
      workspace = null;
      return null;
    });
  };
  return {
    call,
    room,
    /** The address of a channel for people outside Slack; null while Slack does not say who it is. */
    channelUrl: async (channel: string): Promise<string | null> => {
      const base = await workspaceUrl();
      return base === null ? null : `${base.replace(/\/+$/, '')}/archives/${channel}`;
    },
  };
}

/** What the doors need beside what `auth.test` says. */
export type SlackIn = Omit<InboundDeps, 'app' | 'call'> & {
  settings: Settings;
  call: SlackCall;
};

/**
 * The doors in from Slack, HTTP or Socket Mode. Slack is asked once who we are; while it does not answer, everything but
 * these doors works, and it is asked again. Over HTTP `handler` is to be mounted at `/`.
 */
export function openSlackDoors({ settings, call, ...deps }: SlackIn) {
  const web = express().disable('x-powered-by');
  const { log } = deps;
  const stopped = new AbortController();
  let inbound: SlackInbound | null = null;

  const open = async (): Promise<void> => {
    const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN, SLACK_SIGNING_SECRET = '', SLACK_API_URL } = settings;
    const me = await call<{ bot_id: string; user_id: string; team_id: string }>('auth.test', {});
    const app = { botToken: SLACK_BOT_TOKEN, botId: me.bot_id, botUserId: me.user_id, teamId: me.team_id };
    inbound = createSlackInbound(
      {
        ...deps,
        app,
        call: (method, args) => call(method, args, { priority: 'person' }),
      },
      SLACK_APP_TOKEN
        ? { mode: 'socket', appToken: SLACK_APP_TOKEN, slackApiUrl: SLACK_API_URL }
        : { mode: 'http', web, signingSecret: SLACK_SIGNING_SECRET },
    );
    await inbound.start();
  };
  const keepTrying = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      try {
        await open();
        return;
      } catch (error) {
        log.error({ why: reasonOf(error) }, 'the doors to Slack could not be opened; trying again');
        await new Promise((wake) => setTimeout(wake, askAgainMs).unref());
      }
    }
  };

  return {
    handler: web as unknown as RequestHandler,
    start: (): void => void keepTrying(),
    /** Null once Slack knows us and we listen, else what is missing. */
    ready: async (): Promise<string | null> =>
      inbound ? null : 'Slack has not yet answered auth.test; check SLACK_BOT_TOKEN and SLACK_API_URL',
    stop: async (): Promise<void> => {
      stopped.abort();
      await inbound?.stop();
    },
  };
}
