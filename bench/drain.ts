import { behaviourOf } from './behaviour.ts';
import { bodyOf } from './bodies.ts';
import { path, startMuster, startRedis, token } from './child.ts';
import { evidenceOf } from './evidence.ts';
import { openLoad, requestOf } from './load.ts';
import { medianRow, type Row } from './row.ts';
import { startSink } from './workspace.ts';

const backlog = 1000;
/**
 * How fast one worker process works off a backlog of P1 incidents: each is paged and has its evidence. Without Slack, whose 20
 * channels a minute would be all that is measured; the pages go to a webhook that answers at once. Timed from the first page.
 */
export async function measureDrain(say: (line: string) => void): Promise<Row[]> {
  say(`draining ${backlog} incidents`);
  let [firstPage, pages] = [0, 0];
  const [redis, sink] = await Promise.all([
    startRedis(),
    startSink((where) => {
      if (where !== '/page') return;
      firstPage ||= Date.now();
      pages++;
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
  const looked = await evidenceOf(redis, backlog, () => true);
  if (pages < backlog) throw new Error(`${backlog - pages} incidents have evidence and no page`);
  const last = Math.max(...looked.map(({ firstEvidenceAt }) => firstEvidenceAt));
  load.close();
  await worker.stop();
  await web.stop();
  sink.stop();
  await redis.stop();
  const perSecond = backlog / ((last - firstPage) / 1000);
  return [medianRow(`backlog of ${backlog} P1, one worker process`, 'incidents/s', [perSecond])];
}
