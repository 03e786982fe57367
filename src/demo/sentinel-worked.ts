import { until } from './child.ts';
import { closeStory } from './closing.ts';
import { openStory } from './opening.ts';
import { isResolved, untilIncident } from './scene.ts';
import type { Story } from './story.ts';

/** The master dies and the Sentinels do their job: evidence, and nothing that anybody has to approve. */
export const sentinelWorked: Story = {
  id: 'sentinel-worked',
  title: { en: 'Sentinel did its job', ko: 'Sentinel이 제 역할을 합니다' },
  about: {
    en: 'The Redis master is killed. The Sentinels replace it by themselves; the runbook says so and proposes nothing.',
    ko: 'Redis 마스터가 죽습니다. Sentinel이 스스로 교체하고, 런북은 그 사실만 알릴 뿐 아무 조치도 제안하지 않습니다.',
  },
  play: async (scene) => {
    const { redis, writer, say } = scene;
    const before = await scene.newest();
    say({
      en: 'The Redis master is killed. Orders fail until the Sentinels have replaced it.',
      ko: 'Redis 마스터가 죽었습니다. Sentinel이 교체할 때까지 주문이 실패합니다.',
    });
    await redis.killMaster();
    const id = await openStory(scene, before);
    await untilIncident(scene, id, 'the evidence', (state) => {
      const steps = state.runs.flatMap((run) => run.steps);
      return (
        isResolved(state) ||
        (steps.length > 0 &&
          steps.every((step) => step.phase.is !== 'waiting' && step.phase.is !== 'running'))
      );
    });
    const { written } = writer.counts();
    await until('orders to be written again', 60_000, () => writer.counts().written > written + 20);
    say({
      en: 'The Sentinels had failed over by themselves: there is evidence, and nothing to approve.',
      ko: 'Sentinel이 스스로 페일오버를 마쳤습니다. 근거만 남고 승인할 것은 없습니다.',
    });
    await closeStory(scene, id);
    return id;
  },
};
