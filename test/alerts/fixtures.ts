import { readdirSync, readFileSync } from 'node:fs';

const folder = 'test/fixtures/alertmanager';

/** Raw bytes of a recorded request or answer of a real Alertmanager. */
export const fixture = (name: string): Buffer => readFileSync(`${folder}/${name}.json`);

/** Names of all recorded webhook bodies. */
export const webhookFixtures: string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.headers.json') && !name.startsWith('api-v2-'))
  .map((name) => name.replace(/\.json$/, ''));

/** The headers with which a recorded body was sent. */
export const headersOf = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(`${folder}/${name}.headers.json`, 'utf8')).headers;
