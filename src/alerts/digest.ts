import { hash } from 'node:crypto';
import type { AlertGroup } from './group.ts';

/**
 * A digest that is equal for two deliveries exactly when they say the same about an incident: same key, same alerts in the same
 * status with the same severity. Annotations, times, receiver and order don't count, they change without news.
 */
export function groupDigest(group: Pick<AlertGroup, 'key' | 'firing' | 'resolved' | 'truncated'>): string {
  const facts = [
    ...group.firing.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`),
    ...group.resolved.map(({ fingerprint }) => `${fingerprint} resolved`),
  ];
  return hash('sha256', `${group.key}\n${group.truncated}\n${facts.sort().join('\n')}`, 'base64url').slice(
    0,
    22,
  );
}
