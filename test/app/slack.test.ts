import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCharts } from '../../src/app/charts.ts';
import { createPeople } from '../../src/app/people.ts';
import { openSlack } from '../../src/app/slack.ts';
import { defaultMuster } from '../../src/config/muster-yaml.ts';
import { readSettings } from '../../src/config/settings.ts';
import { silent } from '../../src/kit/log.ts';
import { createOutbound } from '../../src/kit/outbound.ts';
import { createRedactor } from '../../src/kit/redact.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { createTell } from '../../src/slack/inbound/answer.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';

const redact = createRedactor(['alertmanager-token']);
let slack: SlackServer;
beforeAll(async () => {
  slack = await startWorkspace();
});
afterAll(() => slack.close());

test('whatever goes to Slack is masked on the way out: posts, and answers under a response URL', async () => {
  const read = readSettings(
    { SLACK_BOT_TOKEN: slack.app.botToken, SLACK_API_URL: slack.apiUrl, ALERTMANAGER_TOKEN: 'x'.repeat(16) },
    () => '',
    false,
  );
  if (!('settings' in read)) throw new Error(read.problems.join('\n'));
  const muster = defaultMuster();
  const out = openSlack({
    settings: read.settings,
    muster,
    people: createPeople(muster),
    metrics: createMetrics(),
    nextLevel: () => null,
    charts: createCharts(muster),
    outbound: createOutbound({ allowPrivate: true }),
    redact,
    report: silent,
  });
  const call = out!.call;
  const { channel } = await call<{ channel: { id: string } }>('conversations.create', {
    name: 'inc-1-masked',
  });
  const text = 'sent with alertmanager-token';
  await call('chat.postMessage', { channel: channel.id, text });
  expect(slack.world.channels.get(channel.id)?.messages.at(-1)?.text).toBe('sent with [redacted]');

  const bodies: unknown[] = [];
  const outbound = async (_url: string, init: { body?: string } = {}) => {
    bodies.push(JSON.parse(init.body ?? ''));
    return { status: 200, headers: {}, text: 'ok' };
  };
  const tell = createTell({ call, outbound: outbound as never, redact, log: silent });
  await tell({ user: 'U0MINJI', channel: null, responseUrl: 'https://hooks.slack.test' }, { text });
  expect(bodies).toMatchObject([{ text: 'sent with [redacted]' }]);
});
