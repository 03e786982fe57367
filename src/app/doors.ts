import { createAlertmanagerDoor } from '../alerts/door.ts';
import { createToGroups } from '../alerts/group.ts';
import { refusalText } from '../alerts/refusal-notice.ts';
import type { Live } from '../incident/state.ts';
import { reasonOf } from '../kit/failure.ts';
import { createIngest } from '../redis/ingest.ts';
import { sweepEveryMs } from '../redis/sweep.ts';
import { takeEvidence } from '../runbook/evidence/take-evidence.ts';
import { isSlackFile } from '../slack/slack-file.ts';
import { createTellOperators } from '../slack/tell-operators.ts';
import { type Listening, listen } from '../web/listen.ts';
import { createWeb, type Door } from '../web/web.ts';
import { createDeclare } from './declare.ts';
import { updateGauges } from './gauges.ts';
import { acknowledgeDoor, pagerDutyDoor } from './pages.ts';
import type { Parts } from './parts.ts';
import { githubDoor } from './postmortems.ts';
import { createReceive, treatmentsOf } from './receive.ts';
import { createReconciliation } from './reconcile.ts';
import { openSlackDoors } from './slack.ts';

/** Where the process listens, and how its doors are closed. */
export type OpenDoors = Listening & { stop: () => Promise<void> };

/**
 * Opens every door that is configured: Alertmanager's webhook, Slack, GitHub, PagerDuty, acknowledge links, health and
 * metrics; and compares with Alertmanager every 30 s. `sweptAt` says when the sweep last succeeded (epoch milliseconds).
 */
export async function openDoors(parts: Parts, sweptAt: () => number, stop: AbortSignal): Promise<OpenDoors> {
  const { settings, muster, store, find, now, report, slack, metrics } = parts;
  const toGroups = createToGroups(muster);
  const receive = createReceive({
    ...parts,
    ingest: createIngest(store.redis, store.log, parts.wake),
    durable: store.durable,
    pageDirectly: parts.paging.pageDirectly,
  });
  const slackDoors = slack && openSlackDoors({ ...parts, ...slackNeeds(parts), call: slack.call });
  const pages = {
    ...parts,
    language: muster.language,
    pagerDutySecrets: secretsOf(settings.PAGERDUTY_WEBHOOK_SECRET),
  };
  const doors: (Door | null)[] = [
    { path: '/webhooks/alertmanager', handler: alertmanagerDoor(parts, receive, toGroups) },
    door('/webhooks/github', githubDoor(parts)),
    pages.pagerDutySecrets.length > 0 ? door('/webhooks/pagerduty', pagerDutyDoor(pages)) : null,
    door('/ack', acknowledgeDoor(pages)),
    slackDoors && door('/', slackDoors.handler),
  ];
  const web = createWeb({
    doors: doors.filter((one) => one !== null),
    metrics,
    beforeScrape: () => updateGauges(metrics, store, sweptAt(), now()),
    lastWork: sweptAt,
    stalledAfterMs: 60 * sweepEveryMs,
    ready: [
      {
        name: 'redis',
        check: async () => ((await store.redis.ping()) === 'PONG' ? null : 'it does not answer'),
      },
      ...(slackDoors ? [{ name: 'slack', check: slackDoors.ready }] : []),
    ],
    closing: () => stop.aborted,
    mask: parts.redact,
    log: report,
    now,
  });
  const listening = await listen(web, settings.HOST, settings.PORT);
  slackDoors?.start();
  if (settings.ALERTMANAGER_URL) {
    createReconciliation({
      ...parts,
      urls: settings.ALERTMANAGER_URL,
      receivers: settings.ALERTMANAGER_RECEIVERS ?? [],
      toGroups,
      receive,
      openIncidents: find.open,
      reopenWithinMs: muster.grouping.reopen_within,
    }).start(stop);
  }
  return {
    ...listening,
    stop: async () => {
      await listening.close();
      await slackDoors?.stop();
    },
  };
}

const door = (path: string, handler: Door['handler'] | null): Door | null => handler && { path, handler };
const secretsOf = (secret: string | undefined): string[] => (secret ? [secret] : []);

function alertmanagerDoor(
  { settings, muster, slack, metrics, report, now }: Parts,
  receive: ReturnType<typeof createReceive>,
  toGroups: ReturnType<typeof createToGroups>,
): Door['handler'] {
  const tell = slack && createTellOperators(slack.call, muster.operators_channel);
  return createAlertmanagerDoor({
    credentials: {
      token: settings.ALERTMANAGER_TOKEN,
      user: settings.ALERTMANAGER_USER,
      password: settings.ALERTMANAGER_PASSWORD,
    },
    maxBytes: settings.WEBHOOK_MAX_BYTES,
    toGroups,
    ingest: async (groups, receivedAt) => {
      await receive(groups, receivedAt);
      return { taken: true };
    },
    tellOperators: (refused) => {
      tell?.(refusalText(refused, muster.language)).catch((error: unknown) =>
        report.error({ why: reasonOf(error) }, 'the operators could not be told of a refused delivery'),
      );
    },
    count: (outcome) => {
      if (outcome !== 'accepted') metrics.count('muster_webhook_refused_total', { reason: outcome });
    },
    log: report,
    now,
  });
}

const slackNeeds = ({ find, store, wake, proposeRoles, muster, redact, report, settings, steps }: Parts) => ({
  log: report,
  seen: async (id: string) => !(await find.claim(`slack:${id}`)),
  load: find.byId,
  findByChannel: find.byChannel,
  findByKey: find.byKey,
  openIncidents: find.open,
  listedProblems: find.listed,
  quietSince: find.quietSince,
  declare: createDeclare(store, wake, treatmentsOf(muster), proposeRoles),
  runbooks: steps.shelf,
  isSlackFile: isSlackFile(settings.SLACK_API_URL),
  takeEvidence: (text: string, state: Live) => takeEvidence(text, state, redact),
  treatments: treatmentsOf(muster),
});
