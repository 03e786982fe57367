import type { Muster } from '../../config/muster-yaml.ts';
import type { Live } from '../../incident/state.ts';
import { type PersonId, type Role, roles } from '../../incident/words.ts';

/** What muster.yaml lets an operator restrict. */
export type Permission = keyof Muster['permissions'];

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/**
 * The one place that reads `permissions`. A role's right belongs to whoever holds it, accepted or proposed; a role that
 * nobody holds is the commander's. Before there is an incident (`declare`) only people can be named.
 */
export function isPermitted(
  permission: Permission,
  person: PersonId,
  state: Live | null,
  permissions: Muster['permissions'],
): boolean {
  const allowed = permissions[permission];
  if (allowed === 'anyone' || allowed.includes(person)) return true;
  if (state === null) return false;
  return allowed.some(
    (name) => isRole(name) && (state.roles[name].person ?? state.roles.ic.person) === person,
  );
}
