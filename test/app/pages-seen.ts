import type { Persona } from './cast.ts';
import type { App } from './harness.ts';

/** The pages of an incident that a person sees, by pager and key. Counted where they arrive, however often they were sent. */
export function pagesSeen(
  { outside, pagesOf }: Pick<App, 'outside' | 'pagesOf'>,
  who: Persona,
  id?: number,
): string[] {
  const mine = (key: string) =>
    key.includes(`.${who}.`) && (id === undefined || key.startsWith(`inc-${id}.`));
  const messages = pagesOf(who).messages.flatMap(({ metadata }) =>
    metadata?.event_type === 'muster_page' ? [String(metadata.event_payload.key)] : [],
  );
  return [
    ...outside.pagerDuty
      .incidents()
      .filter(({ dedupKey }) => mine(dedupKey))
      .map(({ dedupKey }) => `pagerduty ${dedupKey}`),
    ...outside.pagerHook
      .pages()
      .filter(({ key }) => mine(key))
      .map(({ key }) => `webhook ${key}`),
    ...messages.filter(mine).map((key) => `slack ${key}`),
  ].sort();
}
