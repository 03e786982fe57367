import { severities } from '../incident/words.ts';
import { oldestUnsent } from '../paging/plan.ts';
import type { Metrics } from '../web/metrics.ts';
import type { Store } from './store.ts';

/** Brings the gauges up to date, from the log and the lanes. `sweptAt` is epoch milliseconds. */
export async function updateGauges(
  metrics: Metrics,
  store: Store,
  sweptAt: number,
  now: number,
): Promise<void> {
  const [open, waiting] = await Promise.all([store.find.open(), store.queues.waiting()]);
  for (const severity of severities) {
    const count = open.filter(({ state }) => state.severity === severity).length;
    metrics.set('muster_incidents_open', { severity }, count);
  }
  const unsent = open.map(oldestUnsent).filter((at) => at !== null);
  const overdue = unsent.length === 0 ? 0 : Math.max(0, now - Math.min(...unsent)) / 1000;
  metrics.set('muster_page_oldest_unsent_seconds', {}, overdue);
  for (const [queue, count] of Object.entries(waiting)) metrics.set('muster_queue_waiting', { queue }, count);
  metrics.set('muster_sweep_last_timestamp_seconds', {}, sweptAt / 1000);
}
