import { afterEach, describe, expect, it } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import { catalogue } from '../../src/runbook/registry.ts';
import { runStep } from '../../src/runbook/run/run-step.ts';
import type { Json } from '../../src/runbook/step.ts';
import { type HostileServer, type Hostility, startHostile } from '../parts/hostile-server.ts';
import { until } from '../parts/redis-node.ts';

/** The beginning of an answer of 1.9 GB, in the words of each protocol. */
const begins = {
  redis: Buffer.from('$1900000000\r\n'),
  postgres: Buffer.from([0x4e, 0x7f, 0xff, 0xff, 0xf0]),
  kafka: Buffer.from([0x7f, 0xff, 0xff, 0xf0]),
  http: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 1900000000\r\n\r\n'),
};

/** Less than the runner waits for a step that does not stop by itself. */
const atOnceMs = 450;

const started = '2026-01-01T00:00:00Z';
const patience = '300ms';
const steps: [uses: string, protocol: keyof typeof begins, input: (address: string) => Json][] = [
  ['redis-node', 'redis', (one) => ({ nodes: [one], patience })],
  ['redis-sentinel', 'redis', (one) => ({ sentinels: [one], master: 'm', nodes: [one], patience })],
  ['redis-streams-pending', 'redis', (one) => ({ redis: { address: one }, stream: 's', patience })],
  ['postgres-load', 'postgres', (one) => ({ nodes: [one], username: 'u', patience })],
  ['postgres-replication', 'postgres', (one) => ({ nodes: [one], username: 'u', patience })],
  ['kafka-cluster', 'kafka', (one) => ({ kafka: { bootstrap: [one] }, patience })],
  ['kafka-consumer-lag', 'kafka', (one) => ({ kafka: { bootstrap: [one] }, group: 'g', patience })],
  ['kafka-listeners', 'kafka', (one) => ({ views: [{ name: 'x', bootstrap: one }], patience })],
  ['http', 'http', (one) => ({ url: `http://${one}/`, timeout: patience })],
  ['http', 'http', (one) => ({ url: `https://${one}/`, timeout: patience })],
  ['http-burst', 'http', (one) => ({ url: `http://${one}/`, timeout: patience })],
  ['prometheus-query', 'http', (one) => ({ url: `http://${one}`, query: 'up', shows: 'x', patience })],
  ['prometheus-chart', 'http', (one) => ({ url: `http://${one}`, query: 'up', title: 'x', patience })],
  ['prometheus-slo', 'http', (one) => ({ url: `http://${one}`, service: 'x', patience })],
  ['alertmanager-alerts', 'http', (one) => ({ url: `http://${one}`, patience })],
  [
    'recent-deploys',
    'http',
    (one) => ({ started, github: { repository: 'a/b', url: `http://${one}` }, patience }),
  ],
  ['k6-summary', 'http', (one) => ({ summary: { url: `http://${one}/` } })],
  ['tls', 'http', (one) => ({ address: one, patience })],
];

describe('steps that look at a hostile server', () => {
  let server: HostileServer | undefined;
  afterEach(() => server?.stop());

  const run = (uses: string, input: Json, stop?: AbortSignal) =>
    runStep(
      catalogue.get(uses)!,
      input,
      'en',
      { now: Date.now, log: silent, secret: () => '', redact: (text) => text },
      stop,
    );
  const patient = (input: Json, longer: string) =>
    JSON.parse(JSON.stringify(input).replaceAll(patience, longer)) as Json;
  const sockets = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length;

  const ways: Hostility[] = ['silent', 'drip', 'flood', 'garbage', 'hangs-up'];
  describe.each(ways)('that is %s', (how) => {
    it.each(steps)('%s (%s) ends in time, takes little, keeps no socket', async (uses, protocol, input) => {
      server = await startHostile(how, begins[protocol]);
      const before = sockets();
      // Who floods gets time enough to fill our memory.
      const report = await run(uses, patient(input(server.address), how === 'flood' ? '1500ms' : patience));
      expect(server.met()).toBeGreaterThan(0);
      expect(report.ms).toBeLessThan(uses === 'k6-summary' ? 6000 : 2500);
      expect(report.verdict, report.sentence).toMatch(/fail|unknown/);
      expect(report.sentence).not.toContain('input is not valid');
      if (how !== 'silent' && protocol !== 'kafka') expect(report.cause ?? '').not.toMatch(/frozen|down$/);
      await until('the sockets to be gone', () => server!.clients() === 0 && sockets() <= before);
      expect(server.sent()).toBeLessThan(120e6);
    });
  });

  it.each(steps)('%s (%s) stops at once while the name is being resolved', async (uses, _, input) => {
    server = await startHostile('silent', Buffer.alloc(0));
    const stop = new AbortController();
    const running = run(uses, patient(input(`localhost:${server.port}`), '8s'), stop.signal);
    const begin = performance.now();
    stop.abort('enough');
    expect(await running).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('stopped') });
    expect(performance.now() - begin).toBeLessThan(atOnceMs);
    await until('the sockets to be gone', () => server!.clients() === 0);
  });

  it.each(steps)('%s (%s) stops at once while it waits for an answer', async (uses, _, input) => {
    server = await startHostile('silent', Buffer.alloc(0));
    const before = sockets();
    const stop = new AbortController();
    const running = run(uses, patient(input(server.address), '8s'), stop.signal);
    await until('it to be connected', () => server!.clients() > 0);
    const begin = performance.now();
    stop.abort('enough');
    expect(await running).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('stopped') });
    expect(performance.now() - begin).toBeLessThan(atOnceMs);
    await until('the sockets to be gone', () => server!.clients() === 0 && sockets() <= before);
  });
});
