import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, hasBinary, stopped, until } from './redis-node.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const jars = join(root, '.cache', 'kafka');

/** The line that fetches the broker; the set-up script runs it. */
export const kafkaInstall =
  'mvn -q -B -f test/parts/kafka/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory="$PWD/.cache/kafka"';

const hasJars = existsSync(jars) && readdirSync(jars).some((name) => name.startsWith('kafka_'));

/** True when this machine can start a broker; otherwise tests skip with `kafkaMissing` as the reason. */
export const hasKafka = hasJars && hasBinary('java', '-version');
export const kafkaMissing = hasJars
  ? 'needs java (sudo apt-get install openjdk-17-jre-headless)'
  : `needs the Kafka jars (sudo apt-get install openjdk-17-jre-headless maven; ${kafkaInstall})`;

/** A broker of a test's own: KRaft, one node, two listeners with whatever they advertise. */
export type KafkaBroker = {
  inside: string;
  outside: string;
  clusterId: string;
  freeze: () => void;
  thaw: () => void;
  stop: () => Promise<void>;
};

const clusterId = '4L6g3nShT-eMCtK--X86sw';

/**
 * Starts a broker. `advertise` gets the ports and says what the two listeners advertise; by default each its own address.
 * Measured: format 1.2 s, first answer 1 s after start, 330 MB.
 */
export async function startKafka(
  advertise: (ports: { inside: number; outside: number }) => {
    inside?: string;
    outside?: string;
  } = () => ({}),
): Promise<KafkaBroker> {
  const [inside, outside, controller] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'muster-kafka-'));
  const file = join(folder, 'server.properties');
  const said = advertise({ inside, outside });
  const local = (port: number) => `127.0.0.1:${port}`;
  const lines = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@${local(controller)}`,
    `listeners=INTERNAL://${local(inside)},EXTERNAL://${local(outside)},CONTROLLER://${local(controller)}`,
    `advertised.listeners=INTERNAL://${said.inside ?? local(inside)},EXTERNAL://${said.outside ?? local(outside)}`,
    'listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=INTERNAL',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(folder, 'data')}`,
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const java = (...args: string[]) => [
    '-cp',
    `${jars}/*`,
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    ...args,
  ];
  execFileSync('java', java('-Xmx256m', 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file), {
    stdio: 'ignore',
  });
  const child: ChildProcess = spawn('java', java('-Xmx384m', 'kafka.Kafka', file), { stdio: 'ignore' });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const { Admin } = await import('@platformatic/kafka');
  await until(
    'the broker to answer',
    async () => {
      const admin = new Admin({
        clientId: 'test',
        bootstrapBrokers: [local(inside)],
        retries: 0,
        timeout: 2000,
      });
      try {
        return (await admin.metadata({ topics: [] })).brokers.size === 1;
      } finally {
        await admin.close();
      }
    },
    60_000,
  );
  return {
    inside: local(inside),
    outside: local(outside),
    clusterId,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await stopped(child);
      process.removeListener('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
