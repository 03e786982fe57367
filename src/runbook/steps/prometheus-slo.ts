import { defineStep } from '../step.ts';
import { askApi } from '../systems/http/ask-api.ts';
import { prometheusTarget } from '../systems/prometheus/connection-input.ts';
import { judgeSlo } from '../systems/prometheus/judge-slo.ts';
import { at, limitsOf, queriesOf, SloInput } from '../systems/prometheus/slo-input.ts';
import { sloMessages } from '../systems/prometheus/slo-messages.ts';
import { troubleOf, viewSlo } from '../systems/prometheus/slo-view.ts';
import { troubleResult } from '../systems/prometheus/trouble-messages.ts';

/** Holds a service's golden signals against its objectives. */
export const prometheusSlo = defineStep({
  name: 'prometheus-slo',
  about:
    'Asks Prometheus for traffic, errors, latency and saturation of a service and holds them against its objectives (5xx, p95, p99). No traffic is unknown, not a pass.',
  effect: 'read',
  input: SloInput.extend({ at }),
  example: { url: 'http://prometheus:9090', service: 'orders', selector: 'service="orders"' },
  targets: ['url'],
  timeoutMs: 15_000,
  target: prometheusTarget,
  run: async (input, context) => {
    const { language, now } = context;
    const view = await viewSlo(askApi(input, context), queriesOf(input), input.at ?? now());
    const trouble = troubleOf(view);
    if (trouble) return troubleResult(trouble, input.url, language);
    return judgeSlo(view, input.service, limitsOf(input), sloMessages(language));
  },
});
