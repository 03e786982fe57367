import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheusQuery } from '../../../src/runbook/steps/prometheus-query.ts';
import { hasPrometheus, type Part, prometheusMissing } from '../../parts/prometheus.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { startWatchedTraffic } from '../../parts/web-traffic.ts';

let prometheus: Part;
beforeAll(async () => {
  if (hasPrometheus) prometheus = await startWatchedTraffic();
}, 30_000);
afterAll(() => prometheus?.stop());

describe.skipIf(!hasPrometheus)(`prometheus-query (${prometheusMissing})`, () => {
  const query = (more: object) =>
    runForReal(prometheusQuery, {
      url: prometheus.url,
      query: 'node_filesystem_avail_bytes',
      shows: 'Free space',
      ...more,
    });

  it('judges the worst series and names it', async () => {
    const report = await query({ fail: { below: 1.5 * 1024 ** 3 }, cause: 'disk-full' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'disk-full' });
    expect(report.sentence).toBe('Free space: a 1 GiB, the limit is ≥ 1.5 GiB.');
    expect(report.evidence.rows.map(([name]) => name)).toEqual(['a', 'b', 'c']);
  });

  it('warns, passes, and says what it has no limit for', async () => {
    const warned = await query({ warn: { below: 2 * 1024 ** 3 }, fail: { below: 1 } });
    expect(warned.verdict).toBe('warn');
    expect((await query({ fail: { below: 1 } })).verdict).toBe('pass');
    expect((await query({})).sentence).toBe('Free space: c 3 GiB.');
  });

  it('takes no data for what the runbook says', async () => {
    expect((await query({ query: 'nothing' })).verdict).toBe('unknown');
    expect((await query({ query: 'nothing', no_data: 'pass' })).verdict).toBe('pass');
  });

  it.each([
    ['sum(', /does not understand the query: .*parse error/],
    ['node_filesystem_avail_bytes + on (x) group_left () node_filesystem_avail_bytes', /could not evaluate/],
  ])('repeats what Prometheus says of %s', async (text, sentence) => {
    const report = await query({ query: text });
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toMatch(sentence);
  });
});

describe('Prometheus that is not there', () => {
  const ask = (url: string, more = {}, secrets = {}) =>
    runForReal(prometheusQuery, { url, query: 'up', shows: 'up', ...more }, { secrets });

  it('says that nobody listens', async () => {
    const report = await ask(`http://127.0.0.1:${await freePort()}`);
    expect(report.sentence).toMatch(/gives no answer, so nothing is known: no connection/);
  });

  it('signs in, and tells a wrong login from a wrong address', async () => {
    const server = createServer((request, response) => {
      const { authorization } = request.headers;
      if (authorization !== 'Bearer right' && authorization !== `Basic ${btoa('reader:right')}`)
        response.statusCode = 401;
      response.end('<html>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prometheus`;
    const secrets = { RIGHT: 'right', WRONG: 'wrong' };
    expect((await ask(url, { token: { secretRef: 'WRONG' } }, secrets)).sentence).toContain(
      'refuses the login',
    );
    for (const login of [
      { token: { secretRef: 'RIGHT' } },
      { username: 'reader', password: { secretRef: 'RIGHT' } },
    ]) {
      expect((await ask(url, login, secrets)).sentence).toContain('does not answer as Prometheus does');
    }
    server.close();
  });
});
