import { expect, test } from 'vitest';
import { counters, createMetrics, gauges, histograms } from '../../src/web/metrics.ts';

test('every metric is there under its name, with its labels', async () => {
  const metrics = createMetrics();
  metrics.count('muster_pages_total', { pager: 'slack', outcome: 'sent' });
  metrics.count('muster_pages_total', { pager: 'slack', outcome: 'sent' });
  metrics.set('muster_sweep_last_timestamp_seconds', {}, 1_795_392_000);
  metrics.observe('muster_page_seconds', { pager: 'slack' }, 0.2);
  const { text } = await metrics.read();
  expect(text).toContain('muster_pages_total{pager="slack",outcome="sent"} 2');
  expect(text).toContain('muster_sweep_last_timestamp_seconds 1795392000');
  expect(text).toContain('muster_page_seconds_bucket{le="0.25",pager="slack"} 1');
  for (const name of [counters, gauges, histograms].flatMap((table) => Object.keys(table)))
    expect(text).toContain(`# HELP ${name} `);
});

test('two processes in one test do not share their numbers', async () => {
  createMetrics().count('muster_webhook_requests_total', { code: '200' });
  expect((await createMetrics().read()).text).not.toContain('code="200"');
});
