import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { nextTick } from '../../src/incident/decisions/lifecycle.ts';
import { replay } from '../../src/incident/evolve.ts';
import { firing, type IncidentState, type Live } from '../../src/incident/state.ts';
import type { StepState } from '../../src/incident/steps.ts';
import { isWorse } from '../../src/incident/words.ts';
import { histories, type Moment, play, rules } from './histories.ts';

const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
/** Says of every moment of many histories that `holds` does not throw. */
const always = (holds: (moment: Moment, past: Moment[]) => void): void =>
  fc.assert(
    fc.property(histories, (history) => {
      const moments = play(history);
      for (const [index, moment] of moments.entries()) holds(moment, moments.slice(0, index));
    }),
    { seed, numRuns: 200 },
  );

const stepOf = (state: IncidentState, id: string) => state?.runs[0]?.steps.find((one) => one.id === id);

describe(`any history (SEED=${seed})`, () => {
  it('is told by its log alone', () => {
    always(({ after }, past) => {
      if (past.length % 10 !== 0) return;
      const events = past.flatMap((one) => one.events);
      expect(replay(JSON.parse(JSON.stringify(events)))).toEqual(past.at(-1)?.after ?? null);
      expect(after).not.toBeNull();
    });
  });

  it('changes nothing when a command comes twice', () => {
    always(({ command, after }) => {
      const again = decide(command, after);
      if (!isRefusal(again)) expect(again).toEqual([]);
    });
  });

  it('runs a change once per attempt, approved as shown by another than its asker, and never after the end', () => {
    always(({ before, events }, past) => {
      for (const event of events) {
        if (event.type !== 'StepIntended') continue;
        expect(before?.status.is).not.toBe('resolved');
        const { phase, requestedBy } = stepOf(before, event.step) as StepState;
        expect(phase).toMatchObject({ is: 'approved', hash: event.hash });
        if (phase.is === 'approved' && phase.glass === null) expect(phase.by).not.toContain(requestedBy);
        const earlier = past.flatMap((one) => one.events).filter((one) => one.type === 'StepIntended');
        expect(earlier.map((one) => one.attempt)).not.toContain(event.attempt);
      }
    });
  });

  it('pages anew, from the first level, whenever it gets worse or opens again', () => {
    always(({ before, after, events }) => {
      const worse = events.some(
        (one) => one.type === 'SeverityChanged' && isWorse(one.to, one.from) && one.treatment.page,
      );
      if (!before || !after || !(worse || events.some((one) => one.type === 'Reopened'))) return;
      const { round: now, levels, empty } = after.paging;
      expect(after.acknowledged).toBeNull();
      expect([...levels, ...empty].filter((one) => one.round === now)).toEqual([]);
    });
  });

  it('starts no level and reports none once somebody answered or it is over', () => {
    always(({ before, events }) => {
      if (!before || (before.acknowledged === null && before.status.is !== 'resolved')) return;
      if (events.some((one) => one.type === 'Reopened' || one.type === 'SeverityChanged')) return;
      expect(events.map((one) => one.type)).not.toContain('LevelReached');
      expect(events.map((one) => one.type)).not.toContain('NobodyOnCall');
    });
  });

  it('is lowered by people only, with a reason', () => {
    always(({ events }) => {
      for (const event of events) {
        if (event.type !== 'SeverityChanged' || !isWorse(event.from, event.to)) continue;
        expect([event.by.kind, Boolean(event.reason?.trim())]).toEqual(['person', true]);
      }
    });
  });

  it('is as severe as the worst alert that newly fires or got worse', () => {
    always(({ after, events }) => {
      for (const event of events) {
        if (event.type !== 'AlertsFired') continue;
        for (const { severity } of event.alerts)
          expect(isWorse(severity, (after as Live).severity)).toBe(false);
      }
    });
  });

  it('recovers only while nothing fires', () => {
    always(({ after }) => {
      if (after?.status.is === 'recovering') expect(firing(after)).toEqual([]);
    });
  });

  it('has no tick that is due and does nothing, so that its clock never spins', () => {
    always(({ after, command: { at } }) => {
      const due = after && nextTick(after, rules);
      if (due === null || due > at) return;
      const ticked = decide({ type: 'Tick', at, by: { kind: 'muster', rule: 'clock' }, rules }, after);
      expect(ticked).not.toEqual([]);
    });
  });
});
