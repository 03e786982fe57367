import { behaviourOf } from './behaviour.ts';
import { bodyOf } from './bodies.ts';
import { path, startMuster, startRedis, token } from './child.ts';
import { openLoad, requestOf } from './load.ts';
import { medianRow, type Row } from './row.ts';
import { startSink } from './workspace.ts';

const backlog = 1000;
/** The step `http` asks three times. */
const probes = 3 * backlog;

/**
 * How fast one worker process works off a backlog of P1 incidents: each is paged and probed. Without Slack, whose 20 channels
 * a minute would be all that is measured; the pages go to a webhook that answers at once. Timed from the first of them.
 */
export async function measureDrain(say: (line: string) => void): Promise<Row[]> {
  say(`draining ${backlog} incidents`);
  const at = { first: 0, last: 0 };
  const left = { '/page': backlog, '/probe': probes };
  const [redis, sink] = await Promise.all([
    startRedis(),
    startSink((where) => {
      at.first ||= performance.now();
      at.last = performance.now();
      left[where as '/page']--;
    }),
  ]);
  const behaviour = behaviourOf({
    via: 'webhook',
    probe: `${sink.url}/probe`,
    pageHook: `${sink.url}/page`,
  });
  const env = { PAGE_SECRET: 'bench-page-secret' };
  const web = await startMuster(redis, behaviour, ['--only', 'web'], env);
  await web.ready();
  const load = await openLoad(web.port);
  const target = { port: web.port, path, token };
  await load.sendAll(
    Array.from({ length: backlog }, (_, n) => requestOf(target, bodyOf(1, { group: `${n}` }))),
  );
  const worker = await startMuster(redis, behaviour, ['--only', 'worker'], env);
  for (const end = performance.now() + 300_000; left['/page'] > 0 || left['/probe'] > 0; ) {
    if (performance.now() > end) throw new Error(`the backlog was not drained: ${JSON.stringify(left)}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
  load.close();
  await worker.stop();
  await web.stop();
  sink.stop();
  await redis.stop();
  const perSecond = backlog / ((at.last - at.first) / 1000);
  return [medianRow(`backlog of ${backlog} P1, one worker process`, 'incidents/s', [perSecond])];
}
