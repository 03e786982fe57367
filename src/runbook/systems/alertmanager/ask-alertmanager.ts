import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import type { Answer } from '../../../kit/outbound.ts';
import type { ApiRequest, AskApi } from '../http/ask-api.ts';

/** Why Alertmanager said nothing useful: `refused` is its own no (with its words), the rest is about reaching it. */
export type AlertmanagerTrouble = {
  trouble: 'refused' | 'denied' | 'unreachable' | 'not-alertmanager' | 'too-large';
  reason: string;
};

const Texts = z.record(z.string(), z.string());

/** One alert of API v2 (openapi.yaml, gettableAlert), as far as it is used. */
const ApiAlert = z.object({
  fingerprint: z.string(),
  labels: Texts,
  startsAt: z.string(),
  status: z.object({
    state: z.string(),
    silencedBy: z.array(z.string()),
    inhibitedBy: z.array(z.string()),
  }),
});

/** One silence (gettableSilence). */
const ApiSilence = z.object({
  id: z.string(),
  matchers: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      isRegex: z.boolean(),
      isEqual: z.boolean().default(true),
    }),
  ),
  endsAt: z.string(),
  createdBy: z.string(),
  comment: z.string(),
  status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
});
export type ApiAlert = z.output<typeof ApiAlert>;
export type ApiSilence = z.output<typeof ApiSilence>;

/** All alerts Alertmanager holds, silenced and inhibited ones included. */
export const askAlerts = (ask: AskApi): Promise<ApiAlert[] | AlertmanagerTrouble> =>
  asking(ask, { path: '/api/v2/alerts' }, z.array(ApiAlert));

/** All silences, expired ones included. */
export const askSilences = (ask: AskApi): Promise<ApiSilence[] | AlertmanagerTrouble> =>
  asking(ask, { path: '/api/v2/silences' }, z.array(ApiSilence));

/** Makes a silence and answers with its id. `unreachable` leaves open whether it was made, except for `refused` connections. */
export const postSilence = (
  ask: AskApi,
  silence: {
    matchers: ApiSilence['matchers'];
    startsAt: string;
    endsAt: string;
    createdBy: string;
    comment: string;
  },
): Promise<{ silenceID: string } | AlertmanagerTrouble> =>
  asking(ask, { path: '/api/v2/silences', body: silence }, z.object({ silenceID: z.string() }));

async function asking<T>(
  ask: AskApi,
  request: ApiRequest,
  schema: z.ZodType<T>,
): Promise<T | AlertmanagerTrouble> {
  return read(await ask(request), schema);
}

function read<T>(answer: Answer | Failure, schema: z.ZodType<T>): T | AlertmanagerTrouble {
  if (answer instanceof Failure) {
    return { trouble: answer.code === 'answer-too-large' ? 'too-large' : 'unreachable', reason: answer.code };
  }
  const { status, text } = answer;
  if (status === 401 || status === 403) return { trouble: 'denied', reason: `HTTP ${status}` };
  const body = jsonOf(text);
  const data = schema.safeParse(body);
  if (status === 200 && data.success) return data.data;
  if (status === 400 && typeof body === 'string') return { trouble: 'refused', reason: body };
  return { trouble: 'not-alertmanager', reason: `HTTP ${status}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
