import { defineStep } from '../step.ts';
import { askApi } from '../systems/http/ask-api.ts';
import { Moment, prometheusTarget } from '../systems/prometheus/connection-input.ts';
import { judgeComparison } from '../systems/prometheus/judge-comparison.ts';
import { limitsOf, queriesOf, SloInput } from '../systems/prometheus/slo-input.ts';
import { sloMessages } from '../systems/prometheus/slo-messages.ts';
import { troubleOf, viewSlo } from '../systems/prometheus/slo-view.ts';
import { troubleResult } from '../systems/prometheus/trouble-messages.ts';

/** Holds a service before and after a fix against each other. */
export const prometheusCompare = defineStep({
  name: 'prometheus-compare',
  about:
    'Holds traffic, errors, latency and saturation of a service at two moments side by side, before and after a fix: better, worse or the same, and whether the objectives are kept now.',
  effect: 'read',
  input: SloInput.extend({
    before: Moment.describe('The end of the window before the fix'),
    after: Moment.optional().describe('The end of the window after it; now by default'),
  }),
  example: {
    url: 'http://prometheus:9090',
    service: 'orders',
    selector: 'service="orders"',
    before: '2026-11-21T10:05:00Z',
  },
  targets: ['url'],
  timeoutMs: 15_000,
  target: prometheusTarget,
  run: async (input, context) => {
    const { language, now } = context;
    const ask = askApi(input, context);
    const queries = queriesOf(input);
    const [before, after] = await Promise.all([
      viewSlo(ask, queries, input.before),
      viewSlo(ask, queries, input.after ?? now()),
    ]);
    const trouble = troubleOf(after) ?? troubleOf(before);
    if (trouble) return troubleResult(trouble, input.url, language);
    return judgeComparison({ before, after }, input.service, limitsOf(input), sloMessages(language));
  },
});
