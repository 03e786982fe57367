import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';

/** The pagers whose settings are there. */
export function configuredPagers(settings: Settings, muster: Muster): ('slack' | 'pagerduty' | 'webhook')[] {
  const pagers: ('slack' | 'pagerduty' | 'webhook')[] = [];
  if (settings.SLACK_BOT_TOKEN) pagers.push('slack');
  if (settings.PAGERDUTY_ROUTING_KEY) pagers.push('pagerduty');
  if (muster.pagers.webhook) pagers.push('webhook');
  return pagers;
}
