import { type Log, silent } from '../../src/kit/log.ts';
import { type Listening, listen } from '../../src/web/listen.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createWeb, type WebOptions } from '../../src/web/web.ts';

/** The web room on a free port; what it logs is kept. */
export async function startWeb(options: Partial<WebOptions> = {}) {
  const logged: { data: object; message: string }[] = [];
  const note = (data: object, message: string) => void logged.push({ data, message });
  const log: Log = { ...silent, warn: note, error: note };
  const metrics = createMetrics();
  const app = createWeb({
    doors: [],
    metrics,
    lastWork: () => 0,
    ready: [],
    log,
    now: () => 0,
    ...options,
  });
  const web: Listening = await listen(app, '127.0.0.1', 0);
  return {
    web,
    metrics,
    logged,
    get: (path: string, init?: RequestInit) => fetch(`${web.url}${path}`, init),
  };
}
