import type { SlackServer } from '../src/sandbox/slack/server.ts';
import type { Channel } from '../src/sandbox/slack/world.ts';
import { behaviourOf } from './behaviour.ts';
import { bodyOf } from './bodies.ts';
import { path, startMuster, startRedis, token } from './child.ts';
import { openLoad, requestOf } from './load.ts';
import { quantileRow, type Row } from './row.ts';
import { startSink, startWorkspace } from './workspace.ts';

const warmUp = 3;
const measured = 20;
/** What a storm is: this many P3, each in a group of its own, evenly within a minute. */
const storm = 10_000;
/** Slack lets an app create 20 channels a minute. */
const everyMs = 3000;

/** How long after the webhook was sent something was seen in Slack, in milliseconds; infinite for what was never seen. */
type Seen = { page: number; channel: number; evidence: number };

/**
 * Alert to page, channel and first evidence, as Slack saw them: one P1 every three seconds, through `serve` with web and
 * workers in one process, with and without a storm of P3 round them.
 */
export async function measureLatency(say: (line: string) => void): Promise<Row[]> {
  say('alert to page, channel and first evidence (70 s)');
  const calm = await seenIn(0);
  say('the same while 10,000 P3 arrive (70 s)');
  const stormy = await seenIn(storm);
  const rows = (what: string, values: number[], goal: number | null): Row[] => [
    quantileRow(what, 'ms', values, 0.5),
    quantileRow(what, 'ms', values, 0.99, goal === null ? null : { atMost: goal }),
  ];
  return [
    ...rows(
      'alert → page',
      calm.map(({ page }) => page),
      250,
    ),
    ...rows(
      'alert → channel',
      calm.map(({ channel }) => channel),
      1000,
    ),
    ...rows(
      'alert → first evidence',
      calm.map(({ evidence }) => evidence),
      5000,
    ),
    ...rows(
      'alert → page, in a storm of 10,000 P3',
      stormy.map(({ page }) => page),
      5000,
    ),
    ...rows(
      'alert → channel, in a storm of 10,000 P3',
      stormy.map(({ channel }) => channel),
      15_000,
    ),
  ];
}

async function seenIn(strangers: number): Promise<Seen[]> {
  const [redis, slack, sink] = await Promise.all([startRedis(), startWorkspace(), startSink(() => {})]);
  const server = await startMuster(redis, behaviourOf({ via: 'slack', probe: sink.url }), [], {
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  });
  await server.ready();
  const load = await openLoad(server.port);
  const request = (body: Buffer): Buffer => requestOf({ port: server.port, path, token }, body);
  const sentAt: number[] = [];

  const requests = Array.from({ length: strangers }, (_, n) =>
    request(bodyOf(1, { group: `p3-${n}`, labels: { priority: 'P3', severity: 'warning' } })),
  );
  const storming = evenly(requests, (warmUp + measured) * everyMs, (one) => load.sendAll(one));
  for (let n = 0; n < warmUp + measured; n++) {
    sentAt.push(Date.now());
    await load.sendAll([request(bodyOf(1, { group: `p1-${n}` }))]);
    await new Promise((wake) => setTimeout(wake, Math.max(0, (sentAt[n] ?? 0) + everyMs - Date.now())));
  }
  await storming;
  const seen = (): Seen[] => sentAt.map((at, n) => seenOf(slack, n + 1, at)).slice(warmUp);
  await slack.until('all evidence', () => seen().every(({ evidence }) => Number.isFinite(evidence)), 60_000);
  const result = seen();
  load.close();
  await server.stop();
  await slack.close();
  sink.stop();
  await redis.stop();
  return result;
}

/** Sends everything, a tenth of a second's share at a time. */
async function evenly(
  requests: Buffer[],
  ms: number,
  send: (some: Buffer[]) => Promise<unknown>,
): Promise<void> {
  const started = Date.now();
  for (let sent = 0; sent < requests.length; ) {
    const due = Math.ceil(((Date.now() - started) / ms) * requests.length);
    if (due > sent) await send(requests.slice(sent, due));
    sent = Math.max(sent, due);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

function seenOf(slack: SlackServer, id: number, sentAt: number): Seen {
  const channels = [...slack.world.channels.values()];
  const own = channels.find(({ name }) => name.startsWith(`inc-${id}-`));
  const page = channels
    .flatMap(({ kind, messages }) => (kind === 'im' ? messages : []))
    .find(({ metadata }) => String(metadata?.event_payload.key).startsWith(`inc-${id}.`));
  return {
    page: page ? Number(page.ts) * 1000 - sentAt : Number.POSITIVE_INFINITY,
    channel: own ? own.createdAt - sentAt : Number.POSITIVE_INFINITY,
    evidence: own ? evidenceAt(own) - sentAt : Number.POSITIVE_INFINITY,
  };
}

/** When the first verdict stood in a channel: the probe's question, as the runbook `http-check` asks it. */
function evidenceAt({ messages }: Channel): number {
  const post = messages.find(({ text }) => text.includes('Does it answer?'));
  return post ? Number(post.ts) * 1000 : Number.POSITIVE_INFINITY;
}
