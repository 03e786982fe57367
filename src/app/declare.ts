import { isRefusal, personOf, type Treatments } from '../incident/commands.ts';
import { type Incident, initial } from '../incident/state.ts';
import { Failure } from '../kit/failure.ts';
import { attempt, type Wake } from '../redis/handle.ts';
import type { Declaration } from '../slack/inbound/inbound-deps.ts';
import type { ProposeRoles } from './receive.ts';
import type { Store } from './store.ts';

/** Opens an incident that a person declares. The same person at the same millisecond is the same request, sent twice. */
export const createDeclare =
  (store: Store, wake: Wake, treatments: Treatments, proposeRoles: ProposeRoles) =>
  async ({ title, severity, rule, service, language, at, by }: Declaration): Promise<Incident> => {
    const command = {
      type: 'Declare',
      at,
      by,
      opening: {
        key: `declared by ${personOf(by) ?? 'nobody'} at ${at}`,
        title,
        severity,
        rule,
        grouping: 'declaration',
        service,
        language,
        treatments,
        roles: proposeRoles(service, severity, at),
      },
    } as const;
    const outcome = await attempt(store.log, { id: 0, version: 0, events: [], state: initial }, command);
    if (typeof outcome === 'string' || isRefusal(outcome)) {
      const known = await store.find.byKey(command.opening.key);
      const incident = known === null ? null : await store.find.byId(known);
      if (incident) return incident;
      throw new Failure({
        code: 'declare-failed',
        what: 'The incident could not be declared',
        value: typeof outcome === 'string' ? outcome : outcome.refused,
        remedy: 'Try again.',
      });
    }
    if (outcome.rooms) await wake(outcome.incident, outcome.rooms);
    return outcome.incident;
  };
