import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';
import type { Log } from '../kit/log.ts';
import { createOutbound } from '../kit/outbound.ts';
import { createEscalation } from '../oncall/escalation.ts';
import { createProposeRoles } from '../oncall/propose-roles.ts';
import { createWhoIsOnCall } from '../oncall/who-is-on-call.ts';
import { createHandle } from '../redis/handle.ts';
import type { Runbook } from '../runbook/file/runbook.ts';
import { createMetrics } from '../web/metrics.ts';
import { createCharts } from './charts.ts';
import { linkSecret } from './link-secret.ts';
import { createNextLevel, createPaging } from './paging.ts';
import { createPeople } from './people.ts';
import { createWake } from './rooms.ts';
import { createSteps } from './runbooks.ts';
import { openSlack } from './slack.ts';
import { openStore } from './store.ts';

/** What a process of Muster is started with. */
export type MusterOptions = {
  settings: Settings;
  muster: Muster;
  runbooks: readonly Runbook[];
  redact: (text: string) => string;
  secret: (name: string) => string;
  /** PATH, where Redis and git are looked for. */
  path: string;
  /** `web` listens, `worker` works off the lanes; one process usually does both. */
  roles: { web: boolean; worker: boolean };
  /** Steps of this location are taken too; null: only those that any worker may run. */
  location: string | null;
  /** How often Alertmanager is asked what really fires, milliseconds; 30 s by default. */
  reconcileEveryMs?: number | undefined;
  now: () => number;
  report: Log;
};

/** Builds what doors and rooms share. Only the store is touched; nothing works or listens yet. */
export async function createParts(options: MusterOptions) {
  const { settings, muster, now } = options;
  const store = await openStore(options);
  const wake = createWake(store);
  const shared = {
    ...options,
    store,
    find: store.find,
    wake,
    handle: createHandle(store.log, wake),
    metrics: createMetrics(),
    people: createPeople(muster),
    outbound: createOutbound({ allowPrivate: true }),
    charts: createCharts(muster),
    linkSecret: linkSecret(settings.LINK_SECRET, settings.DATA_DIR),
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
  };
  const onCall = createWhoIsOnCall(muster);
  const ladder = createEscalation(muster, onCall);
  const slack = openSlack({ ...shared, nextLevel: createNextLevel(ladder, now) });
  return {
    ...shared,
    proposeRoles: createProposeRoles(muster, onCall),
    slack,
    channelUrl: slack?.channelUrl ?? (async () => null),
    paging: createPaging({ ...shared, ladder, slack: slack?.call ?? null }),
    steps: createSteps(shared),
  };
}

/** What {@link createParts} gives. */
export type Parts = Awaited<ReturnType<typeof createParts>>;
