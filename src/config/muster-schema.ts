import { z } from 'zod';
import {
  Day,
  Duration,
  Language,
  Moment,
  Name,
  named,
  Severity,
  TimeZone,
  WebAddress,
} from './muster-values.ts';
import { Pagers } from './pagers.ts';
import { Permissions } from './permissions.ts';
import { Policies } from './policy.ts';
import { Tools } from './tools.ts';

const Person = z.strictObject({
  name: z.string().min(1).describe('As people read it'),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack user id such as U012AB3CD')
    .optional(),
  email: z.email().optional(),
  github: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,38}$/, 'must be a GitHub login')
    .optional(),
  pagerduty: z.string().min(1).optional().describe("The person's PagerDuty user id"),
  language: Language.optional(),
});

const Service = z.strictObject({
  name: z.string().min(1).optional().describe('As people read it; default: its key'),
  owner: z.string().optional().describe('Name of the rotation that is paged; default: oncall.default'),
  key: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Labels that make one incident; default: grouping.labels'),
  runbook: z.string().optional().describe('Name of the runbook that is tried first'),
  core_functions: z.array(z.string()).default(['payment', 'login']).describe('P1 when one of these fails'),
  main_functions: z.array(z.string()).default([]).describe('P2 when one of these fails'),
  dashboard: WebAddress.optional(),
  params: z.record(z.string(), z.json()).default({}).describe('Parameters and targets for runbooks'),
});

const Rotation = z.strictObject({
  people: z
    .array(z.string())
    .min(1, 'is empty: a rotation needs somebody')
    .describe('In order; primary this week, secondary the next in line'),
  start: Day.default('2026-01-05').describe(
    'The first person is primary from the first hand-off on or after this day',
  ),
  handoff: z
    .string()
    .regex(
      /^(mon|tues|wednes|thurs|fri|satur|sun)day ([01]\d|2[0-3]):[0-5]\d$/,
      'must be a weekday and a time such as monday 10:00',
    )
    .default('monday 10:00'),
  timezone: TimeZone.optional().describe('Zone of the hand-off; default: timezone'),
});

const Override = z.strictObject({
  rotation: z.string(),
  as: z.enum(['primary', 'secondary']).default('primary'),
  person: z.string(),
  from: Moment,
  to: Moment,
});

const SeverityRule = z.strictObject({
  name: Name.describe('Named in every explanation of a severity'),
  match: z.array(z.string()).min(1).describe('Matchers as in Alertmanager; all must hold'),
  severity: Severity,
});

const Grouping = z
  .strictObject({
    labels: z
      .array(z.string())
      .default([])
      .describe("Labels that make one incident; default: the alert group's own"),
    reopen_within: Duration.prefault('30m').describe('A re-fire within this time reopens the incident'),
    resolve_after: Duration.nullable()
      .default(null)
      .describe('Resolve by itself after this quiet time; null: people confirm'),
  })
  .prefault({});

const Postmortem = z
  .strictObject({
    reviewers: z.array(z.string()).default([]).describe('People asked to review; each needs a GitHub login'),
    labels: z.array(z.string()).default(['postmortem']),
    on: z.array(Severity).default(['P1', 'P2']).describe('Severities that get a draft when they resolve'),
  })
  .prefault({});

/** muster.yaml: the one reviewed file of behaviour. Strict, so that a typo is an error and not a silent default. */
export const Muster = z
  .strictObject({
    language: Language.default('en').describe('Of channels, and of people who have none of their own'),
    timezone: TimeZone.default('UTC').describe('Of shown times and of rotations that have none of their own'),
    operators_channel: z
      .string()
      .regex(/^[CG][A-Z0-9]{2,}$/, 'must be a Slack channel id such as C012AB3CD')
      .optional()
      .describe('Where Muster tells its operators what they must look at'),
    people: named(Person),
    services: named(Service),
    rotations: named(Rotation),
    oncall: z.strictObject({ default: z.string().optional(), comms: z.string().optional() }).prefault({}),
    overrides: z.array(Override).default([]),
    severity: z.array(SeverityRule).default([]).describe('First match wins, before the built-in defaults'),
    policies: Policies,
    grouping: Grouping,
    permissions: Permissions,
    pagers: Pagers,
    postmortem: Postmortem,
    tools: Tools,
    alert_rules: z
      .array(z.string())
      .default([])
      .describe(
        'Your own Prometheus rule files or folders, relative to this file; `muster runbook lint` knows their alerts',
      ),
    runbooks: z.string().default('./runbooks').describe('Folder of the runbooks, relative to this file'),
  })
  .prefault({});

/** The configuration as the rooms use it: defaults filled in, durations in milliseconds. */
export type Muster = z.output<typeof Muster>;
