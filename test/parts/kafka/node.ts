import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeze } from '../freeze.ts';
import { stopped } from '../redis-node.ts';
import { formatStorage, startJava } from './java.ts';

/** One Kafka process of a test (broker, controller or both), in a folder of its own. */
export type KafkaNode = {
  /** SIGSTOP: connected and then silent. */
  freeze: () => void;
  thaw: () => void;
  /** SIGKILL; resolves once the process is gone. Its data stays. */
  kill: () => Promise<void>;
  /** Starts it again with the same data, after `kill`. */
  restart: () => void;
  stop: () => Promise<void>;
};

/** What formatting a broker's storage comes to (KIP-858), without a second Java for it. */
function markStorage(data: string, clusterId: string, id: string): void {
  const directory = randomBytes(16).toString('base64url');
  mkdirSync(data);
  writeFileSync(
    join(data, 'meta.properties'),
    `version=1\ncluster.id=${clusterId}\nnode.id=${id}\ndirectory.id=${directory}\n`,
  );
}

/** Formats and starts one node with the given properties; the caller waits for its first answer. */
export async function startNode(clusterId: string, properties: Record<string, string>): Promise<KafkaNode> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-kafka-'));
  const file = join(folder, 'server.properties');
  const all = { ...properties, 'log.dirs': join(folder, 'data') };
  writeFileSync(
    file,
    Object.entries(all)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  if (properties['process.roles'] === 'broker')
    markStorage(join(folder, 'data'), clusterId, properties['node.id']!);
  else await formatStorage(file, clusterId);
  let child = startJava(file);
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  return {
    freeze: () => freeze(child.pid!),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => stopped(child),
    restart: () => {
      child = startJava(file);
    },
    stop: async () => {
      await stopped(child);
      process.removeListener('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
