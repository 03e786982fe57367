import { cast } from './cast.ts';
import { until } from './child.ts';
import { reviewAndMerge, stepIs } from './host-lost.ts';
import { channelOf, click, pagesOf, untilIncident } from './scene.ts';
import type { Story } from './story.ts';

/** The master dies and the Sentinels do their job: evidence, and nothing that anybody has to approve. */
export const sentinelWorked: Story = {
  id: 'sentinel-worked',
  title: 'Sentinel did its job',
  about:
    'The Redis master is killed. The Sentinels fail over by themselves; the runbook says so and proposes nothing.',
  play: async (scene) => {
    const { redis, writer, say } = scene;
    const before = await scene.newest();
    say('The Redis master is killed.');
    await redis.killMaster();
    await until('the alert', 60_000, async () => (await scene.newest()) > before);
    const id = before + 1;
    await click(scene, 'minji', () => pagesOf(scene, 'minji'), 'acknowledge');
    say(`${cast.minji.name} acknowledged.`);
    await untilIncident(scene, id, 'the evidence', ({ state }) => stepIs(state, 'read', 'over'));
    const written = writer.counts().written;
    await until('orders to be written again', 60_000, () => writer.counts().written > written + 20);
    await click(scene, 'minji', () => channelOf(scene, id), 'confirm-recovery');
    say('The Sentinels had failed over; recovery is confirmed.');
    await reviewAndMerge(scene, id);
    return id;
  },
};
