import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasBinary } from '../redis-node.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** Any Java 17 or later. */
const runtime = 'java';
const jars = join(root, '.cache', 'kafka');

/** The line that fetches the broker; the set-up script runs it. */
const kafkaInstall =
  'mvn -q -B -f test/parts/kafka/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory="$PWD/.cache/kafka"';

const hasJars = existsSync(jars) && readdirSync(jars).some((name) => name.startsWith('kafka_'));

/** True when this machine can start a broker; otherwise tests skip with `kafkaMissing` as the reason. */
export const hasKafka = hasJars && hasBinary(runtime, '-version');
export const kafkaMissing = hasJars
  ? 'needs java (sudo apt-get install openjdk-17-jre-headless)'
  : `needs the Kafka jars (sudo apt-get install openjdk-17-jre-headless maven; ${kafkaInstall})`;

/** Short-lived servers gain nothing from the second compiler or from a parallel collector. */
const flags = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-cp',
  `${jars}/*`,
];

/** Formats the storage of one node; measured 1.2 s on an idle machine. */
export async function formatStorage(propertiesFile: string, clusterId: string): Promise<void> {
  const tool = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', propertiesFile];
  await promisify(execFile)(runtime, ['-Xmx128m', ...flags, ...tool]);
}

/** Starts one Kafka process, which dies with the test even when that is killed (`setpriv` is part of Debian's util-linux). */
export const startJava = (propertiesFile: string): ChildProcess => {
  const java = [runtime, '-Xmx256m', ...flags, 'kafka.Kafka', propertiesFile];
  return spawn('setpriv', ['--pdeathsig', 'KILL', ...java], { stdio: 'ignore' });
};
