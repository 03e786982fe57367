import { z } from 'zod';
import { defineStep, type StepResult } from '../step.ts';
import { alertmanagerMessages, sayTrouble } from '../systems/alertmanager/alertmanager-messages.ts';
import {
  type AlertmanagerTrouble,
  askAlerts,
  askSilences,
} from '../systems/alertmanager/ask-alertmanager.ts';
import { judgeAlerts } from '../systems/alertmanager/judge-alerts.ts';
import { ApiConnection, askApi } from '../systems/http/ask-api.ts';

const input = z.strictObject({
  ...ApiConnection,
  except: z.string().max(200).optional().describe('The name of the alert that is known already'),
});

/** Shows what else fires, and what nobody hears of. */
export const alertmanagerAlerts = defineStep({
  name: 'alertmanager-alerts',
  about:
    'Asks Alertmanager what else fires, and what is silenced (by whom, how long, why) or inhibited (by which alert).',
  effect: 'read',
  input,
  example: { url: 'http://alertmanager:9093', except: 'RedisMasterDown' },
  targets: ['url'],
  timeoutMs: 10_000,
  target: ({ url }) => `alertmanager ${new URL(url).host}`,
  run: async (input, context): Promise<StepResult> => {
    const say = alertmanagerMessages(context.language);
    const ask = askApi(input, context);
    const [alerts, silences] = await Promise.all([askAlerts(ask), askSilences(ask)]);
    if ('trouble' in alerts || 'trouble' in silences) {
      const trouble = 'trouble' in alerts ? alerts : (silences as AlertmanagerTrouble);
      const sentence = sayTrouble(trouble, input.url, say);
      return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] } };
    }
    return judgeAlerts({ alerts, silences }, { except: input.except, now: context.now() }, say);
  },
});
