import type { Muster } from '../config/muster-yaml.ts';
import type { PersonId, Severity } from '../incident/words.ts';
import type { OnCall, WhoIsOnCall } from './who-is-on-call.ts';

/**
 * One rung of the escalation ladder: `people` are paged `afterMs` after the round began, through every pager of `via`, and
 * through `fallback` as soon as one of those failed. `rule` names the policy and rotation that made it; where nobody was
 * found, `people` is empty, `rule` says why, and the next rung follows at once.
 */
export type Rung = {
  /** Counted from 1. */
  level: number;
  afterMs: number;
  people: PersonId[];
  via: string[];
  fallback: string[];
  rule: string;
};

/** The ladder of a policy, lowest rung first. It is climbed again `repeatMs` after its last rung; null: never. */
export type Ladder = { rungs: Rung[]; repeatMs: number | null };

/** The part of muster.yaml that says who is paged when. */
export type EscalationConfig = Pick<Muster, 'services' | 'oncall' | 'policies' | 'rotations' | 'people'>;

/** The rotation that is responsible for a service: its owner, else the default; undefined where there is neither. */
export const rotationOf = (
  config: Pick<Muster, 'services' | 'oncall'>,
  service: string | null,
): string | undefined => config.services[service ?? '']?.owner ?? config.oncall.default;

/** Prepares the escalation of incidents by severity, service (null: none named) and time (epoch milliseconds). */
export function createEscalation(
  config: EscalationConfig,
  whoIsOnCall: WhoIsOnCall,
): (severity: Severity, service: string | null, at: number) => Ladder {
  return (severity, service, at) => {
    const policy = config.policies[severity];
    const rotation = rotationOf(config, service);
    const onCall = whoIsOnCall(rotation, at);
    const rungs = policy.levels.map(({ after, who }, i) => {
      const { people, because } = find(who, onCall, config.rotations[rotation ?? '']?.people ?? [], config);
      const rule = `policy ${severity}, level ${i + 1}: ${who} (${because})`;
      return { level: i + 1, afterMs: after, people, via: policy.via, fallback: policy.fallback, rule };
    });
    return { rungs, repeatMs: policy.repeat };
  };
}

function find(
  who: string,
  onCall: OnCall,
  team: readonly PersonId[],
  config: Pick<Muster, 'people'>,
): { people: PersonId[]; because: string } {
  const { because } = onCall;
  if (who === 'primary' || who === 'secondary') {
    const person = onCall[who];
    return person === null
      ? { people: [], because: `nobody is ${who}: ${because}` }
      : { people: [person], because };
  }
  if (who === 'team') {
    const substitutes = [onCall.primary, onCall.secondary].filter((person) => person !== null);
    const people = [...new Set([...substitutes, ...team])];
    return { people, because: people.length === 0 ? `there is no team: ${because}` : because };
  }
  return who in config.people
    ? { people: [who], because: 'named in the policy' }
    : { people: [], because: `${who} is unknown` };
}
