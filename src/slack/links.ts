import type { Live } from '../incident/state.ts';
import { safeUrl } from '../kit/text.ts';

/** A link that belongs to an incident. */
export type Link = { kind: 'runbook' | 'dashboard' | 'postmortem'; url: string };

/**
 * The links of an incident that an operator or Muster itself made: addresses out of alerts are left out, because whoever
 * writes an alert's labels could send people anywhere. Only http and https addresses.
 */
export function linksOf(state: Live, dashboard: string | null): Link[] {
  const links: Link[] = [
    ...state.runs.flatMap(({ url }) => (url ? [{ kind: 'runbook' as const, url }] : [])),
    ...(dashboard ? [{ kind: 'dashboard' as const, url: dashboard }] : []),
    ...(state.postmortem?.pullRequest
      ? [{ kind: 'postmortem' as const, url: state.postmortem.pullRequest.url }]
      : []),
  ];
  const seen = new Set<string>();
  return links.flatMap(({ kind, url }) => {
    const address = safeUrl(url);
    if (address === undefined || seen.has(address)) return [];
    seen.add(address);
    return [{ kind, url: address }];
  });
}
