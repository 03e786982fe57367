import { z } from 'zod';
import { WebAddress } from './muster-values.ts';
import type { Settings } from './settings.ts';

/** The part of muster.yaml that a pager with settings of its own has there: `pagers.webhook`. */
const Webhook = z.strictObject({
  url: WebAddress,
  secretRef: z.string().describe('Environment variable of the signing secret'),
});

/** The `pagers:` part of muster.yaml: one key for each pager that has settings there. */
export const Pagers = z.strictObject({ webhook: Webhook.optional() }).prefault({});
type Pagers = z.output<typeof Pagers>;

type PagerFacts = {
  /** The party it depends on; two pagers of one vendor fail together. */
  vendor: (pagers: Pagers) => string;
  /** Whether everything it needs is set. */
  isSetUp: (settings: Settings, pagers: Pagers) => boolean;
};

/** What the configuration knows of each pager; what it does is in `src/paging/pagers/`, and a test compares the two. */
export const pagerTable = {
  slack: { vendor: () => 'Slack', isSetUp: ({ SLACK_BOT_TOKEN }) => SLACK_BOT_TOKEN !== undefined },
  pagerduty: {
    vendor: () => 'PagerDuty',
    isSetUp: ({ PAGERDUTY_ROUTING_KEY }) => PAGERDUTY_ROUTING_KEY !== undefined,
  },
  webhook: {
    vendor: ({ webhook }) => webhook?.url ?? 'webhook',
    isSetUp: (_settings, { webhook }) => webhook !== undefined,
  },
} satisfies Record<string, PagerFacts>;

/** The name of a pager, as policies use it. */
export type PagerName = keyof typeof pagerTable;

/** All names, for schemas. */
export const pagerNames = Object.keys(pagerTable) as [PagerName, ...PagerName[]];

/** The pagers that can page: those whose settings are there. */
export const pagersSetUp = (settings: Settings, pagers: Pagers): PagerName[] =>
  pagerNames.filter((name) => pagerTable[name].isSetUp(settings, pagers));
