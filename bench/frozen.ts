import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { cast } from './behaviour.ts';
import { bodyOf } from './bodies.ts';
import { path, startMuster, startRedis, token } from './child.ts';
import { evidenceOf, untilLooking } from './evidence.ts';
import { openLoad, requestOf } from './load.ts';
import { medianRow, quantileRow, type Row } from './row.ts';
import { quantile } from './statistics.ts';
import { startSink } from './workspace.ts';

/** Incidents whose probes meet a target that takes connections and never answers. */
const crowd = 200;
/** The others, each with a target of its own, one every so often. */
const others = 40;
const everyMs = 250;

/**
 * What a frozen target costs everybody else: the time from opening to first evidence of forty incidents, alone and while two
 * hundred runbooks at once probe one target that never answers; and what the frozen target still holds afterwards.
 */
export async function measureFrozen(say: (line: string) => void): Promise<Row[]> {
  say(`first evidence of ${others} incidents, alone and beside ${crowd} on one frozen target (60 s)`);
  const alone = await evidenceBeside(0);
  const beside = await evidenceBeside(crowd);
  const ratio = quantile(beside.ms, 0.95) / quantile(alone.ms, 0.95);
  return [
    quantileRow('first evidence, undisturbed', 'ms', alone.ms, 0.95),
    quantileRow(`first evidence, ${crowd} runbooks on a frozen target`, 'ms', beside.ms, 0.95),
    medianRow('the second by the first, p95', 'ratio', [ratio], { atMost: 1.5 }),
    medianRow('connections the frozen target saw at once', 'connections', [beside.atOnce], { atMost: 4 }),
    medianRow('connections left open to it', 'connections', [beside.left], { atMost: 0 }),
  ];
}

async function evidenceBeside(frozen: number): Promise<{ ms: number[]; atOnce: number; left: number }> {
  const names = Array.from({ length: others }, (_, n) => `orders-${n}`);
  const [redis, pager, target] = await Promise.all([startRedis(), startSink(() => {}), startFrozen()]);
  const sinks = await Promise.all(names.map(() => startSink(() => {})));
  const probing = (http_url: string) => ({ runbook: 'http-check', params: { http_url } });
  const behaviour = JSON.stringify({
    people: cast,
    services: {
      frozen: probing(target.url),
      ...Object.fromEntries(names.map((name, n) => [name, probing(sinks[n]!.url)])),
    },
    rotations: { platform: { people: ['minji', 'jun'] }, comms: { people: ['hana'] } },
    oncall: { default: 'platform', comms: 'comms' },
    policies: { P1: { via: ['webhook'] }, P2: { via: ['webhook'] } },
    pagers: { webhook: { url: `${pager.url}/page`, secretRef: 'PAGE_SECRET' } },
  });
  const muster = await startMuster(redis, behaviour, [], { PAGE_SECRET: 'bench-page-secret' });
  await muster.ready();
  const load = await openLoad(muster.port);
  const send = (services: string[]) =>
    load.sendAll(
      services.map((service, n) =>
        requestOf(
          { port: muster.port, path, token },
          bodyOf(1, { group: `${service} ${n}`, labels: { service } }),
        ),
      ),
    );
  await send(Array.from({ length: frozen }, () => 'frozen'));
  await untilLooking(redis, frozen);
  for (const name of names) {
    await send([name]);
    await new Promise((wake) => setTimeout(wake, everyMs));
  }
  const looked = await evidenceOf(redis, frozen + others, (service) => service !== 'frozen');
  // The frozen ones end too: each probe in its own time, or by the finding of another.
  await evidenceOf(redis, frozen + others, () => true);
  load.close();
  await muster.stop();
  for (const sink of [pager, ...sinks]) sink.stop();
  const left = target.open();
  target.stop();
  await redis.stop();
  const ms = looked.map(({ openedAt, firstEvidenceAt }) => firstEvidenceAt - openedAt);
  return { ms, atOnce: target.most(), left };
}

/** A server that takes connections and never says a word. */
async function startFrozen() {
  const sockets = new Set<Socket>();
  let most = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket
      .on('error', () => {})
      .on('close', () => sockets.delete(socket))
      .resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    open: () => sockets.size,
    most: () => most,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
