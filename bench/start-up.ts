import { behaviourOf } from './behaviour.ts';
import { startMuster, startRedis } from './child.ts';
import { medianRow, type Row } from './row.ts';

const times = 5;

/** From the start of the process until `/readyz` says yes, for `serve` with web and workers, on a Redis that runs already. */
export async function measureStartUp(say: (line: string) => void): Promise<Row[]> {
  say('start-up');
  const redis = await startRedis();
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const server = await startMuster(redis, behaviourOf({ via: 'slack' }));
    took.push((await server.ready()) / 1000);
    await server.stop();
  }
  await redis.stop();
  return [medianRow('start-up until ready', 's', took)];
}
