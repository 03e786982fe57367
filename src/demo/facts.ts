import { z } from 'zod';
import { type Incident, incidentName } from '../incident/state.ts';
import { disagreements } from './disagreements.ts';

const ms = z.int().min(0);

/** The facts of an unattended demo, as `--json FILE` writes them. Latencies are milliseconds after the webhook's last byte. */
export const Facts = z.strictObject({
  incident: z.string().regex(/^inc-\d+$/),
  severity: z.enum(['P1', 'P2', 'P3', 'P4']),
  rule: z.string(),
  /** `prometheus`: the shipped rule on a real Prometheus; `watcher`: the same condition where none is installed. */
  source: z.enum(['prometheus', 'watcher']),
  /** The failure was seen this long before the alert arrived. */
  failureObservedMs: ms,
  channel: z.strictObject({ id: z.string(), name: z.string() }),
  roles: z.array(z.strictObject({ role: z.string(), person: z.string(), accepted: z.boolean() })),
  pages: z.array(z.strictObject({ pager: z.string(), person: z.string(), latencyMs: ms })).min(1),
  steps: z
    .array(
      z.strictObject({
        name: z.string(),
        effect: z.enum(['read', 'change', 'manual']),
        verdict: z.enum(['pass', 'warn', 'fail', 'unknown']),
        sentence: z.string(),
        latencyMs: ms,
      }),
    )
    .min(1),
  resolution: z.strictObject({ rule: z.string(), by: z.string().nullable() }),
  pullRequest: z.strictObject({
    number: z.int().positive(),
    branch: z.string(),
    files: z.array(z.string()).min(1),
    state: z.literal('merged'),
  }),
  timelineEntries: z.int().positive(),
  latencyMs: z.strictObject({ page: ms, channel: ms, firstEvidence: ms }),
});
export type Facts = z.infer<typeof Facts>;

/** What the look-alikes saw of the same story; every fact that they can confirm is compared with it. */
export type Witness = {
  source: Facts['source'];
  /** When the writer itself first saw the failure, epoch milliseconds; null when it saw none before the alert. */
  failureObservedAt: number | null;
  /** The channel as people see it: the words of its card and of every message. */
  channel: {
    id: string;
    name: string;
    topic: string;
    pins: number;
    card: string;
    posts: string[];
  } | null;
  /** Pages that a person saw in a conversation with the app. */
  pages: { person: string; at: number }[];
  pullRequest: { number: number; branch: string; files: string[]; state: string } | null;
  timelineEntries: number;
};

/** The facts, or why there are none: what the log says and the look-alikes did not see, or what never happened. */
export function factsOf(incident: Incident, witness: Witness): { facts: Facts } | { problems: string[] } {
  const { state, events } = incident;
  const after = (at: number): number => Math.max(0, Math.round(at - state.openedAt));
  const sent = state.paging.sent;
  const finished = events.flatMap((event) => (event.type === 'StepFinished' ? [event] : []));
  const created = events.find((event) => event.type === 'ChannelCreated');
  const ended = events.findLast((event) => event.type === 'Resolved');
  const steps = state.runs.flatMap((run) => run.steps);
  const problems = disagreements(incident, witness);
  if (problems.length > 0) return { problems };

  const parsed = Facts.safeParse({
    incident: incidentName(incident.id),
    severity: state.severity,
    rule: state.rule,
    source: witness.source,
    failureObservedMs: state.openedAt - (witness.failureObservedAt ?? Number.NaN),
    channel: state.channel,
    roles: Object.entries(state.roles).flatMap(([role, { person, accepted }]) =>
      person === null ? [] : [{ role, person, accepted }],
    ),
    pages: sent.map(({ pager, person, at }) => ({ pager, person, latencyMs: after(at) })),
    steps: finished.map(({ step, report, at }) => ({
      name: step,
      effect: steps.find((one) => one.id === step)?.effect,
      verdict: report.verdict,
      sentence: report.sentence,
      latencyMs: after(at),
    })),
    resolution: { rule: ended?.rule, by: ended?.by.kind === 'person' ? ended.by.person : null },
    pullRequest: witness.pullRequest,
    timelineEntries: witness.timelineEntries,
    latencyMs: {
      page: after(sent[0]?.at ?? Number.NaN),
      channel: after(created?.at ?? Number.NaN),
      firstEvidence: after(finished[0]?.at ?? Number.NaN),
    },
  });
  if (parsed.success) return { facts: parsed.data };
  return { problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** The committed JSON Schema of the facts. */
export const printFactsSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(Facts, { target: 'draft-7' }), null, 2)}\n`;
