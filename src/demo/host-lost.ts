import { cast } from './cast.ts';
import { until } from './child.ts';
import { channelOf, click, pagesOf, pause, type Scene, untilIncident } from './scene.ts';
import type { Story } from './story.ts';

/**
 * The host with the Redis master and two of the three Sentinels is lost. One Sentinel is no majority, so nothing moves by
 * itself; the runbook finds out why, and a person approves the failover.
 */
export const hostLost: Story = {
  id: 'host-lost',
  title: 'A host is lost',
  about: 'The Redis master and two of three Sentinels go silent. No majority is left to fail over.',
  play: async (scene) => {
    const { slack, github, redis, writer, say } = scene;
    const before = await scene.newest();
    await until('the first orders', 20_000, () => writer.counts().written > 20);
    say('Orders are being written, ten a second. Now their Redis host goes silent.');
    redis.loseHost();

    await until('the alert', 60_000, async () => (await scene.newest()) > before);
    const id = before + 1;
    say('The measurement says that orders fail; the alert has reached Muster.');

    await click(scene, 'minji', () => pagesOf(scene, 'minji'), 'acknowledge');
    say(`${cast.minji.name} was paged and acknowledged.`);
    await click(scene, 'minji', () => channelOf(scene, id), 'accept-role');

    const written = writer.counts().written;
    await click(scene, 'jun', () => channelOf(scene, id), 'approve-step');
    say(`The runbook named the cause and proposed a failover; ${cast.jun.name} approved it.`);
    await untilIncident(scene, id, 'the failover', ({ state }) => stepIs(state, 'change', 'over'));
    redis.returnHost();
    say('The failover ran. The lost host is back.');

    await untilIncident(scene, id, 'the check', ({ state }) => checkIsOver(state));
    say('Quorum, replicas and the new master were checked.');
    await until('orders to be written again', 30_000, () => writer.counts().written > written + 20);
    await click(scene, 'minji', () => channelOf(scene, id), 'confirm-recovery');
    say('Orders are written again; recovery is confirmed.');

    await reviewAndMerge(scene, id);
    await slack.until('the news of the merge', () => channelOf(scene, id));
    say(`The postmortem is merged: ${github.repository.pulls.length} pull request.`);
    return id;
  },
};

type Steps = {
  runs: { steps: { id: string; effect: string; check: string | null; phase: { is: string } }[] }[];
};

/** True when the check of the change has reported. */
const checkIsOver = (state: Steps): boolean =>
  state.runs.some(({ steps }) => {
    const change = steps.find((step) => step.effect === 'change');
    return steps.some((step) => step.id === change?.check && step.phase.is === 'over');
  });

/** True when a step of this effect is in this phase. */
export const stepIs = (state: Steps, effect: string, phase: string): boolean =>
  state.runs.some(({ steps }) => steps.some((step) => step.effect === effect && step.phase.is === phase));

/** A second person reviews the draft, approves it and merges it; GitHub tells Muster by signed webhooks. */
export async function reviewAndMerge(scene: Scene, id: number): Promise<void> {
  const { github, say } = scene;
  const incident = await untilIncident(
    scene,
    id,
    'the draft',
    ({ state }) => !!state.postmortem?.pullRequest,
  );
  const number = incident.state.postmortem?.pullRequest?.number ?? 0;
  say(`The postmortem draft is pull request #${number}.`);
  await pause(scene);
  const reviewer = github.as(cast.sora.login);
  reviewer.review(number, 'APPROVE', 'Clear. The two Sentinels on one host are the gap to close.');
  await untilIncident(
    scene,
    id,
    'the approval',
    ({ state }) => state.postmortem?.pullRequest?.state === 'approved',
  );
  await pause(scene);
  reviewer.merge(number);
  await untilIncident(
    scene,
    id,
    'the merge',
    ({ state }) => state.postmortem?.pullRequest?.state === 'merged',
  );
}
