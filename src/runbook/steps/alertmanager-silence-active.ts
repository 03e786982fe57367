import { defineStep, type StepResult } from '../step.ts';
import { alertmanagerMessages, sayTrouble } from '../systems/alertmanager/alertmanager-messages.ts';
import { askSilences } from '../systems/alertmanager/ask-alertmanager.ts';
import { ageText } from '../systems/alertmanager/judge-alerts.ts';
import { ownSilence, SilenceInput } from '../systems/alertmanager/silence-input.ts';
import { askApi } from '../systems/http/ask-api.ts';

/** The check of `alertmanager-silence`: with the same input it finds that very silence. */
export const alertmanagerSilenceActive = defineStep({
  name: 'alertmanager-silence-active',
  about: 'Looks whether the silence that alertmanager-silence makes of the same input is active.',
  effect: 'read',
  input: SilenceInput,
  example: {
    url: 'http://alertmanager:9093',
    matchers: ['alertname="RedisReplicaLag"', 'service="orders"'],
    owner: 'platform team',
    reason: 'The replica is being rebuilt',
    for: '2h',
  },
  targets: ['url'],
  timeoutMs: 10_000,
  target: ({ url }) => `alertmanager ${new URL(url).host}`,
  run: async (input, context): Promise<StepResult> => {
    const all = alertmanagerMessages(context.language);
    const say = all.silence;
    const silences = await askSilences(askApi(input, context));
    if ('trouble' in silences) {
      const sentence = sayTrouble(silences, input.url, all);
      return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] } };
    }
    const own = ownSilence(input, silences);
    const matchers = input.matchers.join(', ');
    if (own?.status.state !== 'active') {
      return { verdict: 'warn', sentence: say.missing(matchers), evidence: { columns: [], rows: [] } };
    }
    const left = ageText(Date.parse(own.endsAt) - context.now());
    return {
      verdict: 'pass',
      sentence: say.active(matchers, left, own.createdBy),
      evidence: { columns: say.columns, rows: [[matchers, own.createdBy, left, own.comment]] },
      facts: { silence: own.id },
    };
  },
});
