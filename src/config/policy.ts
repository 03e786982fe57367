import { z } from 'zod';
import { Duration } from './muster-values.ts';
import { pagerNames } from './pagers.ts';

const Level = z.strictObject({
  after: Duration.describe('Time since the round began, e.g. 5m'),
  who: z.string().describe('primary, secondary, team, or the name of a person'),
});

type PolicyDefaults = {
  incident: 'open' | 'list';
  page: boolean;
  levels: { after: string; who: string }[];
  repeat: string | null;
};

const policy = (defaults: PolicyDefaults) =>
  z
    .strictObject({
      incident: z
        .enum(['open', 'list'])
        .default(defaults.incident)
        .describe('Open an incident with a channel, or only list it'),
      page: z.boolean().default(defaults.page).describe('Page people until somebody acknowledges'),
      levels: z
        .array(Level)
        .max(10)
        .prefault(defaults.levels)
        .describe('Who is paged when, as long as nobody acknowledged'),
      repeat: Duration.nullable()
        .prefault(defaults.repeat)
        .describe('Start again this long after the last level; null never'),
      via: z.array(z.enum(pagerNames)).default(['slack', 'pagerduty']).describe('Pagers used at once'),
      fallback: z
        .array(z.enum(pagerNames))
        .default([])
        .describe('Pagers used at once where one of the first failed'),
    })
    .prefault({});

const ladder = (second: string, third: string) => [
  { after: '0m', who: 'primary' },
  { after: second, who: 'secondary' },
  { after: third, who: 'team' },
];

/** What each severity leads to. Defaults: issue "Decide"; P1 escalates after 5 and 10 minutes, P2 after 15 and 30. */
export const Policies = z
  .strictObject({
    P1: policy({ incident: 'open', page: true, levels: ladder('5m', '10m'), repeat: '10m' }),
    P2: policy({ incident: 'open', page: true, levels: ladder('15m', '30m'), repeat: '30m' }),
    P3: policy({ incident: 'list', page: false, levels: ladder('15m', '30m'), repeat: null }),
    P4: policy({ incident: 'list', page: false, levels: ladder('15m', '30m'), repeat: null }),
  })
  .prefault({});
