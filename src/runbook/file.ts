import { z } from 'zod';
import type { Json } from './step.ts';

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
 * the pattern (RE2, whole value) admits it, else the default.
 */
export const Parameter = z
  .strictObject({
    about: z.string().max(300).optional(),
    default: json.optional(),
    label: z.string().optional(),
    allow: z.array(z.string()).min(1).optional(),
    pattern: z.string().optional(),
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
  if: z.string().max(1000).optional(),
  needs: z.array(slug).default([]),
  at: slug.optional(),
  approve: z
    .strictObject({
      by: z.array(z.enum(['ic', 'ops', 'comms', 'tech'])).default(['ic', 'ops']),
      people: z.array(z.string()).default([]),
    })
    .prefault({}),
  check: z.union([slug, z.strictObject({ uses: z.string(), with: input.default({}) })]).optional(),
});
export type FileStep = z.infer<typeof FileStep>;

/** A runbook file, strict: an unknown key is an error. */
export const RunbookFile = z.strictObject({
  name: slug,
  title: Text,
  match: z.array(z.string()).default([]),
  /** Its alerts name a symptom, so a runbook that the service itself names goes first. */
  symptom: z.boolean().default(false),
  params: z.record(parameterName, Parameter).default({}),
  steps: z.array(FileStep).min(1).max(50),
  links: z.array(z.strictObject({ title: Text, url: z.url({ protocol: /^https?$/ }) })).default([]),
});
export type RunbookFile = z.infer<typeof RunbookFile>;
