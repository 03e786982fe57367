import { type Incident, incidentName } from '../incident/state.ts';

/** Slack allows 80 characters; room is left for a suffix. */
const longest = 76;

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/**
 * The name of an incident's channel: `inc-42-orders-high-error-rate`. ASCII letters, digits and hyphens only; a title in
 * another script leaves `inc-42-orders`. Words of the title that the service's name already says are not repeated.
 */
export function channelName({ id, state }: Incident, attempt = 1): string {
  const service = slug(state.service ?? '');
  const title = slug(state.title);
  const repeats = service !== '' && (title === service || title.startsWith(`${service}-`));
  const name = [incidentName(id), ...(repeats ? [] : [service]), title]
    .filter((part) => part !== '')
    .join('-');
  const cut = name.length > longest ? name.slice(0, longest).replace(/-[^-]*$/, '') : name;
  return attempt > 1 ? `${cut}-${attempt}` : cut;
}
