import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { k6Summary } from '../../../src/runbook/steps/k6-summary.ts';
import { runForReal } from '../../parts/run.ts';
import { exportedSummary, handledSummary, machineReadableSummary } from '../systems/load/summaries.ts';

describe('k6-summary from a real server and a real folder', () => {
  let server: Server;
  let base: string;
  let folder: string;
  const pages: Record<string, object> = {
    '/before.json': exportedSummary({ failed: 136, p95: 9.1 }),
    '/after.json': handledSummary({ failed: 82, p95: 7.94 }),
    '/slow.json': machineReadableSummary({ p95: 480 }),
    '/missed.json': exportedSummary({ missed: true }),
    '/worse.json': handledSummary({ failed: 99, p95: 7.94 }),
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const page = pages[request.url?.split('?')[0] ?? ''];
      response.writeHead(page ? 200 : 404).end(page ? JSON.stringify(page) : 'gone');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = mkdtempSync(join(tmpdir(), 'muster-k6-'));
    mkdirSync(join(folder, 'load'));
    writeFileSync(join(folder, 'secret.json'), JSON.stringify(handledSummary()));
    writeFileSync(join(folder, 'load', 'after.json'), JSON.stringify(handledSummary()));
    writeFileSync(join(folder, 'load', 'broken.json'), '{');
    symlinkSync('../secret.json', join(folder, 'load', 'link.json'));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const page = (name: string) => ({ url: `${base}/${name}.json?token=t0ken` });
  const inFolder = (file: string) => ({ folder: join(folder, 'load'), file });
  const look = (summary: Json, more = {}) => runForReal(k6Summary, { summary, ...more });

  it('says in one sentence what became better', async () => {
    const report = await look(page('after'), { earlier: page('before') });
    expect(report).toMatchObject({
      verdict: 'pass',
      sentence:
        'The load run keeps its limits and went better than the earlier one: 10000 requests, 1.36 % → 0.82 % failed, p95 9.1 ms → 7.94 ms.',
      facts: { failure_ratio: 0.0082, compared: 'better' },
    });
    expect(report.evidence.rows[1]).toEqual(['failed', '82 (0.82 %)', '136 (1.36 %)']);
  });

  it.each([
    ['failures over the objective', () => page('before'), {}, 'fail', '1.36 % of the requests fail'],
    ['latency over the objective', () => page('slow'), {}, 'fail', 'p95 is 480 ms and may be 300 ms'],
    [
      'a threshold of its own',
      () => page('missed'),
      {},
      'fail',
      'missed 1 of its 2 thresholds (http_req_duration p(95)<300)',
    ],
    ['a run that keeps its limits', () => page('after'), {}, 'pass', 'keeps its limits: 10000 requests'],
    ['objectives of another service', () => page('slow'), { p95: '500ms' }, 'pass', 'keeps its limits'],
  ])('judges %s', async (_, summary, more, verdict, sentence) => {
    const report = await look(summary(), more);
    expect(report, report.sentence).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
    expect(report.cause).toBeUndefined();
  });

  it('warns of a run that went worse, though within its limits', async () => {
    expect(await look(page('worse'), { earlier: page('after') })).toMatchObject({
      verdict: 'warn',
      facts: { compared: 'worse' },
    });
  });

  it('reads a file inside the folder, and none outside of it', async () => {
    expect(await look(inFolder('after.json'))).toMatchObject({ verdict: 'pass' });
    for (const file of ['../secret.json', 'link.json', '../../../../etc/passwd', '.'])
      expect(await look(inFolder(file))).toMatchObject({
        verdict: 'unknown',
        sentence: expect.stringContaining('not inside the folder'),
      });
  });

  it('says what it could not read', async () => {
    for (const [summary, sentence] of [
      [inFolder('broken.json'), 'broken.json is no JSON (at line 1, column 2)'],
      [inFolder('gone.json'), 'Could not read gone.json: ENOENT'],
      [page('gone'), 'gone.json: HTTP 404.'],
      [{ url: 'http://169.254.169.254/latest' }, 'latest: address may not be dialled.'],
    ] as [Json, string][]) {
      const report = await look(summary);
      expect(report, report.sentence).toMatchObject({
        verdict: 'unknown',
        sentence: expect.stringContaining(sentence),
      });
      expect(report.sentence).not.toContain('t0ken');
    }
  });

  it('speaks Korean', async () => {
    const summary = { url: 'http://127.0.0.1:1/a.json' };
    expect((await runForReal(k6Summary, { summary }, { language: 'ko' })).sentence).toBe(
      'http://127.0.0.1:1/a.json 내용을 읽지 못했습니다: 연결 거부.',
    );
    const report = await runForReal(k6Summary, { summary: page('before') }, { language: 'ko' });
    expect(report.sentence).toMatch(/실패율이 1.36 %입니다\(목표 1 % 미만\)/);
  });
});
