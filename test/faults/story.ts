import type { Incident } from '../../src/incident/state.ts';
import type { StepState } from '../../src/incident/steps.ts';
import type { Channel } from '../../src/sandbox/slack/world.ts';
import { cast, type Persona } from '../app/cast.ts';
import type { Stage } from './stage.ts';

/** How long a person waits for an effect before clicking once more, and everybody before the story counts as stuck. */
const againMs = 5000;
const stuckMs = 240_000;
const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

const labels = { alertname: 'StreamBacklog', service: 'orders', severity: 'critical' };
const annotations = {
  summary: 'Orders wait in the stream',
  runbook_url: 'https://runbooks.example.com/streams',
};

/** The webhook body of the story's one alert. */
const alertOf = (status: 'firing' | 'resolved') => ({
  version: '4',
  groupKey: '{}:{alertname="StreamBacklog"}',
  truncatedAlerts: 0,
  status,
  receiver: 'muster',
  groupLabels: { alertname: 'StreamBacklog', service: 'orders' },
  commonLabels: labels,
  commonAnnotations: annotations,
  externalURL: 'http://alertmanager.example.com',
  alerts: [
    {
      status,
      labels,
      annotations,
      startsAt: '2026-11-20T10:00:00Z',
      endsAt: status === 'resolved' ? '2026-11-20T10:05:00Z' : '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example.com/graph',
      fingerprint: '00c0ffee00c0ffee',
    },
  ],
});

type Is = (incident: Incident) => boolean;

/**
 * Plays a short P1 from the alert to the merged postmortem. Senders and people do what they do in life when nothing happens:
 * Alertmanager sends again, a person clicks again, and somebody presses "Redeliver" at GitHub.
 */
export async function playStory(stage: Stage): Promise<void> {
  const { alert, incident, channel, pagesOf, clickOnce } = stage;
  const read = async (): Promise<Incident | null> => incident().catch(() => null);

  const until = async (
    what: string,
    is: Is,
    act: () => Promise<unknown> = async () => {},
  ): Promise<Incident> => {
    const end = Date.now() + stuckMs;
    for (let actAt = 0; Date.now() < end; await pause(40)) {
      const now = await read();
      if (now !== null && is(now)) return now;
      if (Date.now() < actAt) continue;
      if ((await act()) !== false) actAt = Date.now() + againMs;
    }
    throw new Error(`the story is stuck: ${what}`);
  };
  /** Clicks until it has the effect. A button that is not there yet is looked for again at once. */
  const click = (what: string, who: Persona, where: () => Channel | undefined, button: string, is: Is) =>
    until(what, is, async () => {
      const outcome = await clickOnce(who, where(), button).catch(() => undefined);
      return outcome !== undefined && outcome.delivery?.problem === undefined;
    });
  const send = async (status: 'firing' | 'resolved'): Promise<void> => {
    for (const end = Date.now() + stuckMs; Date.now() < end; await pause(250)) {
      if ((await alert(alertOf(status))) === 200) return;
    }
    throw new Error(`the story is stuck: the ${status} alert was never taken`);
  };

  await send('firing');
  // Whoever answers at once may keep the second page from being sent at all; this story has both.
  await until('both pages', ({ state }) => state.paging.sent.length === 2);
  await click(
    'acknowledge',
    'minji',
    () => pagesOf('minji'),
    'acknowledge',
    ({ state }) => state.acknowledged !== null,
  );
  await click('accept the command', 'minji', channel, 'accept-role', ({ state }) => state.roles.ic.accepted);
  await claim(stage, until);
  await send('resolved');
  await until('recovery', ({ state }) => state.status.is !== 'open');
  await click(
    'confirm recovery',
    'minji',
    channel,
    'confirm-recovery',
    ({ state }) => state.status.is === 'resolved',
  );
  await review(stage, until);
}

type Until = (what: string, is: Is, act?: () => Promise<unknown>) => Promise<Incident>;

const stepIn = ({ state }: Incident, id: string): StepState | undefined =>
  state.runs.flatMap(({ steps }) => steps).find((step) => step.id === id);
const phaseOf = (incident: Incident, id: string): string => stepIn(incident, id)?.phase.is ?? 'none';

/**
 * Jun approves the claim. Where nobody knows whether it ran and its check could not tell, Minji looks for herself, as the
 * buttons ask her to; if it did not, Jun approves again (whoever asks for a change can't approve it).
 */
async function claim(stage: Stage, until: Until): Promise<void> {
  const { channel, clickOnce, redis } = stage;
  const settled: Is = (incident) =>
    phaseOf(incident, 'claim') === 'over' && phaseOf(incident, 'claim-check') === 'over';
  await until('the claim', settled, async () => {
    const now = await stage.incident();
    const at = now === null ? 'none' : phaseOf(now, 'claim');
    const press = async (who: Persona, button: string) => {
      const outcome = await clickOnce(who, channel(), button).catch(() => undefined);
      return outcome !== undefined && outcome.delivery?.problem === undefined;
    };
    if (at === 'proposed') return press('jun', 'approve-step');
    if (at !== 'unknown' || now === null || phaseOf(now, 'claim-check') !== 'over') return false;
    const [, , , held] = (await redis.client.xpending('orders', 'billing')) as [
      number,
      string,
      string,
      [string, string][],
    ];
    return press('minji', held.some(([name]) => name === 'gone') ? 'step-did-not-happen' : 'step-happened');
  });
}

/** Sora approves the draft and merges it; a webhook that nobody took is delivered again by hand. */
async function review({ outside: { github } }: Stage, until: Until): Promise<void> {
  const isIn =
    (...states: string[]): Is =>
    ({ state }) =>
      states.includes(state.postmortem?.pullRequest?.state ?? '');
  const redeliver = async (): Promise<void> => {
    await github.webhooks.settled();
    for (const { id, status } of github.webhooks.deliveries) {
      if (status === null || status >= 500) await github.webhooks.redeliver(id);
    }
  };
  const drafted = await until('the draft', ({ state }) => state.postmortem?.pullRequest?.number != null);
  const number = drafted.state.postmortem?.pullRequest?.number ?? 0;
  const reviewer = github.as(cast.sora.login);
  reviewer.review(number, 'APPROVE', 'Clear.');
  await until('the approval', isIn('approved'), redeliver);
  reviewer.merge(number);
  await until('the merge', isIn('merged'), redeliver);
}
