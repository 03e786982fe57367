import { z } from 'zod';
import { defineStep, type StepResult } from '../step.ts';
import { alertmanagerMessages, sayTrouble } from '../systems/alertmanager/alertmanager-messages.ts';
import { askAlerts, askSilences, postSilence } from '../systems/alertmanager/ask-alertmanager.ts';
import { ageText } from '../systems/alertmanager/judge-alerts.ts';
import {
  apiMatchers,
  isSpecific,
  markOf,
  matchersOf,
  ownSilence,
  SilenceInput,
} from '../systems/alertmanager/silence-input.ts';
import { askApi } from '../systems/http/ask-api.ts';

const input = SilenceInput.extend({
  at_most: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(20)
    .describe('More alerts than this, of those that fire, are not silenced'),
});

/** How far our clock may be ahead of Alertmanager's. */
const skewMs = 10 * 60_000;

/** Makes one silence, unless it stands already or would hide too much. */
export const alertmanagerSilence = defineStep({
  name: 'alertmanager-silence',
  about:
    'Makes one silence in Alertmanager with matchers, owner, end and reason. Matchers that fit everything are refused, and it is never made twice.',
  effect: 'change',
  input,
  example: {
    url: 'http://alertmanager:9093',
    matchers: ['alertname="RedisReplicaLag"', 'service="orders"'],
    owner: 'platform team',
    reason: 'The replica is being rebuilt',
    for: '2h',
  },
  targets: ['url'],
  timeoutMs: 15_000,
  target: ({ url }) => `alertmanager ${new URL(url).host}`,
  preview: (input, language) => {
    const { preview } = alertmanagerMessages(language).silence;
    return preview(input.matchers.join(', '), ageText(input.for), input.owner, input.reason);
  },
  run: async (input, context): Promise<StepResult> => {
    const all = alertmanagerMessages(context.language);
    const say = all.silence;
    const evidence = { columns: [], rows: [] };
    const notRun = (sentence: string): StepResult => ({ verdict: 'fail', sentence, evidence });
    const matchers = matchersOf(input);
    if (!isSpecific(matchers)) return notRun(say.tooBroad);
    const ask = askApi(input, context);
    const [alerts, silences] = await Promise.all([askAlerts(ask), askSilences(ask)]);
    if ('trouble' in alerts) return notRun(sayTrouble(alerts, input.url, all));
    if ('trouble' in silences) return notRun(sayTrouble(silences, input.url, all));
    const now = context.now();
    const own = ownSilence(input, silences);
    if (own) {
      const sentence = say.already(ageText(Date.parse(own.endsAt) - now), own.createdBy);
      return { verdict: 'pass', sentence, evidence, facts: { silence: own.id } };
    }
    const hidden = alerts.filter(({ labels }) => matchers.every((matcher) => matcher.matches(labels)));
    if (hidden.length > input.at_most) return notRun(say.tooMany(hidden.length, input.at_most));

    const made = await postSilence(ask, {
      matchers: apiMatchers(matchers),
      // A beginning in the past means at once; one that our clock puts into the future would be silent only then.
      startsAt: new Date(now - skewMs).toISOString(),
      endsAt: new Date(now + input.for).toISOString(),
      createdBy: input.owner,
      comment: `${input.reason} ${markOf(input)}`,
    });
    if ('trouble' in made) {
      const certain = made.trouble === 'refused' || made.trouble === 'denied' || made.reason === 'refused';
      if (certain) return notRun(sayTrouble(made, input.url, all));
      return { verdict: 'unknown', sentence: say.unclear(new URL(input.url).host, made.reason), evidence };
    }
    return {
      verdict: 'pass',
      sentence: say.made(input.matchers.join(', '), ageText(input.for), hidden.length),
      evidence: {
        columns: all.columns.slice(0, 2),
        rows: hidden.map(({ labels }) => [labels.alertname ?? '?', labels.service ?? labels.instance ?? '']),
      },
      facts: { silence: made.silenceID },
    };
  },
});
