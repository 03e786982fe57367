import { isDeepStrictEqual } from 'node:util';
import { busy } from '../app/read-log.ts';
import type { Moment } from '../app/tap.ts';
import { until } from '../parts/redis-node.ts';
import { asLines, type FinalState, finalState, isLate, withoutClaim } from './final-state.ts';
import { type Stage, setStage } from './stage.ts';
import { playStory } from './story.ts';

/** How one story went: what is left, who called what, and whether Muster was killed at the moment or only at the end. */
export type Played = {
  state: FinalState;
  calls: string[];
  struck: 'moment' | 'end' | 'never';
  claimWas: string;
  log: string;
};

/** A moment in words. */
export const momentText = ({ call, nth, when }: Moment): string => `${when} ${call} #${nth}`;

const claimPhase = async (stage: Stage): Promise<string> => {
  const incident = await stage.incident();
  const step = incident?.state.runs.flatMap(({ steps }) => steps).find(({ id }) => id === 'claim');
  return step?.phase.is ?? 'none';
};

/**
 * Plays the story on a stage of its own. At the moment Muster is killed with `kill -9` and started again; a moment that does
 * not come (calls merge differently when the machine is slow) is made up for by a kill at the end.
 */
export async function playMoment(moment: Moment | null): Promise<Played> {
  const stage = await setStage();
  const { muster, tap, redis, outside } = stage;
  try {
    let claimWas = 'none';
    const crash = async (): Promise<void> => {
      await muster.kill();
      claimWas = await claimPhase(stage);
      muster.start();
    };
    muster.start();
    if (moment) tap.arm(moment, crash);
    await muster.ready();
    await playStory(stage);
    const struck = tap.struck() > 0;
    if (moment && !struck) await crash();
    await muster.ready();
    await settled(stage);
    const unexpected = outside.unexpected();
    if (unexpected.length > 0) throw new Error(`calls that nobody expected: ${unexpected.join('; ')}`);
    const state = await finalState(stage);
    return {
      state,
      calls: [...tap.calls],
      struck: struck ? 'moment' : moment ? 'end' : 'never',
      claimWas,
      log: muster.log(),
    };
  } catch (error) {
    const incident = await stage.incident().catch(() => null);
    const events = incident?.events.map(({ type }) => type).join(' ') ?? 'none';
    throw new Error(
      `${String(error)}\nevents: ${events}\nbusy: ${await busy(redis.client, Date.now()).catch(String)}\n${muster.log()}`,
    );
  } finally {
    await stage.stop();
  }
}

/** Waits until Muster has nothing left to do, and stays so for half a second. */
async function settled({ redis }: Stage): Promise<void> {
  let since = 0;
  await until(
    'Muster to have nothing left to do',
    async () => {
      if ((await busy(redis.client, Date.now())) !== null) {
        since = 0;
        return false;
      }
      if (since === 0) since = Date.now();
      return Date.now() - since > 500;
    },
    240_000,
  );
}

/** What differs from a clean run, line by line; empty when nothing does. */
export function differences(clean: FinalState, { state, claimWas }: Played): string[] {
  const unknown = state.events.some((event) => event.includes('"StepOutcomeUnknown"'));
  if (unknown && claimWas !== 'intended') {
    return [`the claim's outcome is unknown although Muster died while it was ${claimWas}`];
  }
  const cut = isLate(clean) || isLate(state) ? asLines : (same: FinalState) => same;
  const left = (one: FinalState): object => (unknown ? withoutClaim(cut(one)) : cut(one));
  const [wanted, got] = [left(clean), left(state)];
  return compare(wanted, got, '').map((line) => (line.length > 600 ? `${line.slice(0, 600)}…` : line));
}

function compare(wanted: unknown, got: unknown, path: string): string[] {
  if (isDeepStrictEqual(wanted, got)) return [];
  if (Array.isArray(wanted) && Array.isArray(got)) {
    const rest = [...got.map((one) => JSON.stringify(one))];
    const missing = wanted
      .map((one) => JSON.stringify(one))
      .filter((one) => {
        const at = rest.indexOf(one);
        if (at !== -1) rest.splice(at, 1);
        return at === -1;
      });
    return [...missing.map((one) => `${path} lacks ${one}`), ...rest.map((one) => `${path} has also ${one}`)];
  }
  if (typeof wanted === 'object' && typeof got === 'object' && wanted && got) {
    const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
    return [...names].flatMap((name) =>
      compare(
        (wanted as Record<string, unknown>)[name],
        (got as Record<string, unknown>)[name],
        `${path}.${name}`,
      ),
    );
  }
  return [`${path}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`];
}
