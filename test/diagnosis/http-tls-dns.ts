import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/runbook/step.ts';
import { type Cart, startCart } from '../parts/cart.ts';
import {
  type Authority,
  createAuthority,
  hasOpenssl,
  type KeyPair,
  opensslMissing,
} from '../parts/certificates.ts';
import { type DnsServer, startDnsServer } from '../parts/dns-server.ts';
import { startSilentPort } from '../parts/ports.ts';
import { freePort } from '../parts/redis-node.ts';
import type { Fault, System } from './system.ts';

/** Two name servers, an https server whose certificate can be changed, and a shop with a real race. */
type Stage = {
  ca: Authority;
  good: KeyPair;
  resolvers: [DnsServer, DnsServer];
  web: Server;
  behave: { status: number };
  cart: Cart;
  /** The port that the runbook is pointed at. */
  port: number;
};

/** The one name of this stage that every machine resolves. */
const host = 'localhost';
const webPort = ({ web }: Stage) => (web.address() as AddressInfo).port;
const healed = async () => {};

const params = (stage: Stage): Record<string, Json> => ({
  http_url: `https://${host}:${stage.port}/healthz`,
  http_ca: stage.ca.root,
  http_within: '5s',
  resolvers: stage.resolvers.map(({ address }) => address),
  addresses: ['127.0.0.1'],
});

const certified = (
  name: string,
  made: string,
  cause: string,
  pair: (ca: Authority) => KeyPair,
): Fault<Stage> => ({
  ...{ name, made, cause, runbook: 'connectivity', verdict: 'fail', params },
  make: async (stage) => {
    stage.web.setSecureContext(pair(stage.ca));
    return async () => stage.web.setSecureContext(stage.good);
  },
});

const resolved = (
  name: string,
  made: string,
  cause: string,
  change: (stage: Stage) => void,
): Fault<Stage> => ({
  ...{ name, made, cause, runbook: 'connectivity', verdict: 'fail', params },
  make: async (stage) => {
    change(stage);
    return async () => {
      for (const { records } of stage.resolvers) records.set(host, ['127.0.0.1']);
    };
  },
});

const faults: Fault<Stage>[] = [
  {
    name: 'healthy: https with a private CA, two resolvers that agree',
    made: 'nothing is broken',
    ...{ runbook: 'connectivity', verdict: 'pass', cause: null, params },
    make: async () => healed,
  },
  {
    name: 'healthy: a certificate with 90 days left',
    made: 'nothing is broken',
    ...{ runbook: 'tls-certificate', verdict: 'pass', cause: null },
    params: (stage) => ({ tls_address: `${host}:${stage.port}`, tls_ca: stage.ca.root }),
    make: async () => healed,
  },
  {
    name: 'healthy: a page that 5 users read at once',
    made: 'nothing is broken',
    ...{ runbook: 'http-check', verdict: 'pass', cause: null },
    params: ({ cart }) => ({ http_url: `${cart.base}/api/cart`, http_within: '5s' }),
    make: async () => healed,
  },
  resolved(
    'the name does not resolve',
    'its record is removed from both name servers: NXDOMAIN',
    'name-does-not-resolve',
    ({ resolvers }) => {
      for (const { records } of resolvers) records.delete(host);
    },
  ),
  resolved(
    'the resolvers disagree',
    'the second name server still answers the former address',
    'resolvers-disagree',
    ({ resolvers }) => resolvers[1].records.set(host, ['192.0.2.7']),
  ),
  resolved(
    'the resolvers are silent',
    'both name servers drop the query',
    'resolver-silent',
    ({ resolvers }) => {
      for (const { records } of resolvers) records.set(host, 'silent');
    },
  ),
  {
    name: 'the port is refused',
    made: 'the address names a port where nothing listens',
    ...{ runbook: 'connectivity', verdict: 'fail', cause: 'port-refused', params },
    make: async (stage) => {
      stage.port = await freePort();
      return async () => {
        stage.port = webPort(stage);
      };
    },
  },
  {
    name: 'the port is silent',
    made: 'its process is stopped (SIGSTOP) and its queue of connections is full, so that packets are dropped',
    ...{ runbook: 'connectivity', verdict: 'fail', cause: 'port-silent', params },
    make: async (stage) => {
      const silent = await startSilentPort();
      stage.port = silent.port;
      return async () => {
        await silent.stop();
        stage.port = webPort(stage);
      };
    },
  },
  certified('the certificate has expired', 'it ended 3 days ago', 'certificate-expired', (ca) =>
    ca.sign([host], { fromDays: -90, toDays: -3 }),
  ),
  certified('the certificate is for another name', 'it names shop.example', 'certificate-wrong-name', (ca) =>
    ca.sign(['shop.example']),
  ),
  certified(
    'the intermediate certificate is missing',
    'the server sends its own certificate only',
    'certificate-chain-incomplete',
    (ca) => ca.sign([host], { full: false }),
  ),
  certified('the certificate is self-signed', 'no CA signed it', 'certificate-self-signed', (ca) =>
    ca.selfSigned(host),
  ),
  {
    ...certified(
      'the renewal is broken',
      'the certificate ends in a day and a half',
      'certificate-expires-soon',
      (ca) => ca.sign([host], { toDays: 1.5 }),
    ),
    runbook: 'tls-certificate',
    params: (stage) => ({ tls_address: `${host}:${stage.port}`, tls_ca: stage.ca.root }),
  },
  {
    name: 'HTTP 5xx',
    made: 'the server answers 503',
    ...{ runbook: 'connectivity', verdict: 'fail', cause: 'http-5xx', params },
    make: async ({ behave }) => {
      behave.status = 503;
      return async () => {
        behave.status = 200;
      };
    },
  },
  {
    name: 'it fails only under concurrency',
    made: 'a handler that loses a race answers 500 COMMON001; one request at a time it never does',
    ...{ runbook: 'http-check', verdict: 'fail', cause: 'fails-only-under-concurrency' },
    params: ({ cart }) => ({ http_url: `${cart.base}/api/cart`, http_within: '5s' }),
    make: async ({ cart }) => {
      cart.behave.racingReads = true;
      return async () => {
        cart.behave.racingReads = false;
      };
    },
  },
];

async function start(): Promise<Stage> {
  const ca = createAuthority();
  const good = ca.sign([host]);
  const behave = { status: 200 };
  const answer: RequestListener = (_, response) => response.writeHead(behave.status).end();
  const web = createServer(good, answer);
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  const records = { [host]: ['127.0.0.1'] };
  const resolvers: Stage['resolvers'] = [await startDnsServer(records), await startDnsServer(records)];
  const stage = { ca, good, resolvers, web, behave, cart: await startCart(), port: 0 };
  stage.port = webPort(stage);
  return stage;
}

async function stop({ ca, resolvers, web, cart }: Stage): Promise<void> {
  web.closeAllConnections();
  await new Promise((done) => web.close(done));
  await Promise.all([...resolvers.map((resolver) => resolver.stop()), cart.stop()]);
  ca.remove();
}

/** What stands between users and an answer: names, ports, certificates, HTTP. */
export const httpTlsDns: System<Stage> = {
  name: 'HTTP, TLS and DNS',
  missing: hasOpenssl ? null : opensslMissing,
  start,
  stop,
  secrets: () => ({}),
  faults,
};
