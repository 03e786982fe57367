import type { Muster } from './muster-schema.ts';
import { type PagerName, pagerTable } from './pagers.ts';

/**
 * What is allowed and still dangerous, one sentence each, for `muster check` and the start of `muster serve`. `pagers` are those
 * whose settings are present; a pager that only muster.yaml names cannot page.
 */
export function musterWarnings(muster: Muster, pagers: readonly PagerName[]): string[] {
  const warnings: string[] = [];
  const paging = Object.entries(muster.policies).filter(([, policy]) => policy.page);
  const orphans = Object.entries(muster.services).filter(
    ([, service]) => !service.owner && !muster.oncall.default,
  );

  if (Object.keys(muster.people).length === 0)
    warnings.push('Nobody is configured under people: no page can reach anybody.');
  else if (muster.oncall.default === undefined) {
    warnings.push('oncall.default names no rotation: alerts of services without an owner page nobody.');
  }
  for (const [name] of orphans)
    warnings.push(`Service ${name} has no owner and oncall.default is not set: its alerts page nobody.`);

  for (const [severity, policy] of paging) {
    const usable = [...policy.via, ...policy.fallback].filter((pager) => pagers.includes(pager));
    const vendors = new Set(usable.map((pager) => pagerTable[pager].vendor(muster.pagers)));
    if (vendors.size === 0)
      warnings.push(`No pager of the ${severity} policy is configured: ${severity} pages nobody.`);
    if (vendors.size === 1 && severity === 'P1') {
      warnings.push(
        `The P1 policy depends on ${[...vendors][0]} alone: when it is down, nobody is paged. Add a second vendor.`,
      );
    }
  }

  const scheduled = new Set(Object.values(muster.rotations).flatMap((rotation) => rotation.people));
  for (const name of scheduled) {
    if (pagers.includes('slack') && !muster.people[name]?.slack) {
      warnings.push(`${name} is on call but has no Slack id: a Slack page cannot reach ${name}.`);
    }
  }
  for (const [name, { people }] of Object.entries(muster.rotations)) {
    if (new Set(people).size === 1)
      warnings.push(`Rotation ${name} holds one person only: there is no secondary.`);
  }
  return warnings;
}
