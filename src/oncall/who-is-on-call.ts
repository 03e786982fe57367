import type { Muster } from '../config/muster-yaml.ts';
import type { PersonId } from '../incident/words.ts';
import { createWeeks, momentAt } from './weeks.ts';

/** The part of muster.yaml that says who is on call. */
export type ScheduleConfig = Pick<Muster, 'rotations' | 'overrides' | 'timezone'>;

/**
 * Who is on call for a rotation at a time (epoch milliseconds). `secondary` is null where the rotation holds nobody else. `because` names
 * the rotation's week and every override that counts. A rotation that does not exist has nobody, and `because` says so.
 */
export type OnCall = { primary: PersonId | null; secondary: PersonId | null; because: string };

/** See {@link createWhoIsOnCall}. */
export type WhoIsOnCall = (rotation: string | undefined, at: number) => OnCall;

/**
 * Prepares the schedule: each week the next person in line is primary and the one after is secondary; overrides replace them for
 * their time, the last one written wins. Somebody who takes over as primary is never secondary too: then the next in line is.
 */
export function createWhoIsOnCall(config: ScheduleConfig): WhoIsOnCall {
  const schedules = new Map(
    Object.entries(config.rotations).map(([name, rotation]) => {
      const zone = rotation.timezone ?? config.timezone;
      const overrides = config.overrides
        .filter((override) => override.rotation === name)
        .map(({ as, person, from, to }) => ({
          as,
          person,
          from: momentAt(from, zone),
          until: momentAt(to, zone),
        }))
        .reverse();
      const weekAt = createWeeks(rotation.start, rotation.handoff, zone);
      return [name, { people: rotation.people, overrides, weekAt }] as const;
    }),
  );

  return (name, at) => {
    if (name === undefined) return { primary: null, secondary: null, because: 'no rotation is responsible' };
    const schedule = schedules.get(name);
    if (!schedule) return { primary: null, secondary: null, because: `there is no rotation ${name}` };
    const { people, overrides, weekAt } = schedule;
    const week = weekAt(at);
    const line = people.map((_, i) => people[modulo(week.number + i, people.length)]!);
    const scheduled = line[0]!;
    const override = (as: 'primary' | 'secondary') =>
      overrides.find((one) => one.as === as && one.from <= at && at < one.until);

    const [first, second] = [override('primary'), override('secondary')];
    const primary = first?.person ?? scheduled;
    const next = line.slice(1).find((person) => person !== primary && person !== scheduled) ?? null;
    const secondary = second && second.person !== primary ? second.person : next;
    const reasons = [
      `rotation ${name}, week of ${week.day}`,
      ...(first ? [`override: ${primary} is primary`] : []),
      ...(second && secondary === second.person ? [`override: ${secondary} is secondary`] : []),
    ];
    return { primary, secondary, because: reasons.join('; ') };
  };
}

const modulo = (n: number, length: number) => ((n % length) + length) % length;
