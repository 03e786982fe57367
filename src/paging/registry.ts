import type { Pager } from './pager.ts';
import { pagerduty } from './pagers/pagerduty.ts';
import { slack } from './pagers/slack.ts';
import { webhook } from './pagers/webhook.ts';

/** Every pager there is, one line each; `via` and `fallback` in a policy are these names. */
export const pagers: readonly Pager[] = [slack, pagerduty, webhook];
