import type { Muster } from '../config/muster-yaml.ts';
import type { RoleProposals } from '../incident/commands.ts';
import type { Severity } from '../incident/words.ts';
import { rotationOf } from './escalation.ts';
import type { WhoIsOnCall } from './who-is-on-call.ts';

/**
 * Prepares who should hold which role when an incident opens: the commander is the primary, operations the secondary, communications the
 * primary of its own rotation; what nobody holds, the commander holds. Only P1 and P2 are staffed.
 */
export function createProposeRoles(
  config: Pick<Muster, 'services' | 'oncall'>,
  whoIsOnCall: WhoIsOnCall,
): (service: string | null, severity: Severity, at: number) => RoleProposals {
  return (service, severity, at) => {
    if (severity !== 'P1' && severity !== 'P2') return [];
    const onCall = whoIsOnCall(rotationOf(config, service), at);
    const speakers = config.oncall.comms === undefined ? undefined : whoIsOnCall(config.oncall.comms, at);
    const ic = onCall.primary;
    const orCommander = (person: string | null | undefined, why: string) =>
      person === null || person === undefined
        ? { person: ic, rule: 'nobody is scheduled, so the commander holds it' }
        : { person, rule: why };
    return [
      { role: 'ic', person: ic, rule: `primary: ${onCall.because}` },
      { role: 'comms', ...orCommander(speakers?.primary, `communications: ${speakers?.because}`) },
      { role: 'ops', ...orCommander(onCall.secondary, `secondary: ${onCall.because}`) },
    ];
  };
}
