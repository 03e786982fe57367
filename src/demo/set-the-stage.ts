import { cast } from './cast.ts';
import { until } from './child.ts';
import type { Scene } from './scene.ts';

/** Sets the stage as it was at the start: a healthy set, a writer at work, no alert, no incident of an earlier story. */
export async function setTheStage(scene: Scene): Promise<void> {
  const { writer, redis, say, quiet } = scene;
  say({ en: 'Setting the stage: a healthy Redis set.', ko: '정상 상태의 Redis를 준비합니다.' });
  writer.pause();
  await redis.restart();
  writer.resume();
  const { written } = writer.counts();
  await until('the first orders', 20_000, () => writer.counts().written > written + 10);
  await until('the last alert to end', 30_000, quiet);
  await closeOpen(scene);
}

/** An incident that an earlier story left open is resolved by a person; what the visitor declared stays open. */
async function closeOpen({ slack, read, newest }: Scene): Promise<void> {
  for (let id = await newest(); id > 0; id--) {
    const state = (await read(id))?.state;
    if (!state || state.source === 'person' || state.status.is === 'resolved' || !state.channel) continue;
    const minji = slack.as(cast.minji.slack);
    minji.join(state.channel.id);
    await minji.command(state.channel.id, '/incident', 'resolve another story begins');
  }
}
