import { z } from 'zod';
import { Duration } from '../input.ts';
import type { Json } from '../step.ts';
import { alertValueNames, settingNames } from './alert-values.ts';

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, at most 40');
const parameterName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and underscores, at most 40');

/** Text for people: one string for both languages, or one each. */
export const Text = z.union([
  z.string().min(1).max(200),
  z.strictObject({ en: z.string().min(1).max(200), ko: z.string().min(1).max(200) }),
]);
export type Text = z.infer<typeof Text>;

const json: z.ZodType<Json> = z.json();

/**
 * A parameter. Its value is `params.<name>` of the service in muster.yaml, else the named alert label where the allow-list or
 * the pattern (RE2, whole value) admits it, else what the alert or the setting gives, else the default.
 */
export const Parameter = z
  .strictObject({
    about: z.string().max(300).optional(),
    default: json.optional(),
    label: z.string().optional().describe('An alert label that may give the value'),
    allow: z.array(z.string()).min(1).optional().describe('The values the label may have'),
    pattern: z.string().optional().describe('RE2 for the whole value of the label'),
    alert: z.enum(alertValueNames).optional().describe('What the alert that fired gives: never a target'),
    setting: z.enum(settingNames).optional().describe('A setting of Muster that gives the value'),
  })
  .refine((parameter) => parameter.label === undefined || parameter.allow || parameter.pattern, {
    message: 'a label needs allow or pattern: alert labels are outside text',
  });
export type Parameter = z.infer<typeof Parameter>;

const input = z.record(z.string(), json);

/** One step of a file. `needs` and the steps its condition reads must be over before it starts. */
export const FileStep = z.strictObject({
  id: slug,
  uses: z.string(),
  title: Text.optional(),
  with: input.default({}),
  if: z
    .string()
    .max(1000)
    .optional()
    .describe('CEL over steps.ID.verdict, steps.ID.cause, steps.ID.facts and labels'),
  needs: z.array(slug).default([]).describe('Steps that must be over first'),
  at: slug.optional().describe('The worker location that must run it'),
  after: Duration.optional().describe('Not before this long after the runbook started'),
  approve: z
    .strictObject({
      by: z.array(z.enum(['ic', 'ops', 'comms', 'tech'])).default(['ic', 'ops']),
      people: z.array(z.string()).default([]),
      count: z
        .union([z.literal(1), z.literal(2)])
        .default(1)
        .describe('How many different people it takes; where it takes two, the glass cannot be broken'),
    })
    .prefault({})
    .describe('Who may approve a change'),
  check: z
    .union([slug, z.strictObject({ uses: z.string(), with: input.default({}) })])
    .optional()
    .describe('The step that verifies this change: an id, or a step of its own'),
});
export type FileStep = z.infer<typeof FileStep>;

/** A runbook file, strict: an unknown key is an error. */
export const RunbookFile = z.strictObject({
  name: slug,
  title: Text,
  match: z.array(z.string()).default([]).describe('Alertmanager matchers; all must hold for one alert'),
  symptom: z
    .boolean()
    .default(false)
    .describe('Its alerts name a symptom, so a runbook that the service itself names goes first'),
  alongside: z
    .boolean()
    .default(false)
    .describe('Starts beside the runbook that fits best, where all its parameters have a value'),
  recheck: z
    .union([Duration, z.literal('never')])
    .prefault('3m')
    .describe('How often looks that found something are repeated while the incident is open'),
  budget: Duration.prefault('2m').describe('The time all its looks together may take'),
  params: z
    .record(parameterName, Parameter)
    .default({})
    .describe('Values from the service, a label or a default'),
  steps: z.array(FileStep).min(1).max(50),
  links: z.array(z.strictObject({ title: Text, url: z.url({ protocol: /^https?$/ }) })).default([]),
});
export type RunbookFile = z.infer<typeof RunbookFile>;
