import { describe, expect, it } from 'vitest';
import type { StepPhase } from '../../../src/incident/steps.ts';
import type { Verdict } from '../../../src/incident/words.ts';
import type { Report } from '../../../src/runbook/evidence/report-file.ts';
import { putSideBySide, sideBySideTable } from '../../../src/runbook/evidence/side-by-side.ts';

const over = (verdict: Verdict, sentence: string): StepPhase => ({
  is: 'over',
  report: { verdict, sentence, evidence: { columns: [], rows: [] }, facts: {}, startedAt: 0, ms: 1 },
});
const inside = {
  run: 'kafka-listeners@aaaaaaaaaaaa',
  steps: [
    { id: 'listeners', title: 'Listeners', phase: over('pass', 'All fine.') },
    { id: 'cluster', title: 'Cluster', phase: { is: 'running', since: 0 } as StepPhase },
    { id: 'correct', title: 'Correct', phase: { is: 'skipped', why: 'Not needed.' } as StepPhase },
  ],
};
const said = (id: string, verdict: Report['steps'][number]['verdict'], sentence: string) => ({
  id,
  title: `Title of ${id}`,
  verdict,
  sentence,
  evidence: { columns: [], rows: [] },
  ms: 1,
});
const outside: Report = {
  muster_report: 1,
  runbook: 'kafka-listeners@aaaaaaaaaaaa',
  place: 'office',
  at: 1,
  verdict: 'fail',
  steps: [
    said('listeners', 'fail', 'Its name does not resolve here.'),
    said('correct', 'skipped', 'For people.'),
    said('extra', 'warn', 'Slow.'),
  ],
};

describe('the inside and the outside view of a runbook', () => {
  it('stand side by side in the order of the runbook, and say where they differ', () => {
    expect(putSideBySide(inside, outside)).toEqual({
      place: 'office',
      at: 1,
      sameVersion: true,
      rows: [
        {
          step: 'listeners',
          title: 'Listeners',
          inside: { verdict: 'pass', sentence: 'All fine.' },
          outside: { verdict: 'fail', sentence: 'Its name does not resolve here.' },
          differ: true,
        },
        { step: 'cluster', title: 'Cluster', inside: null, outside: null, differ: false },
        {
          step: 'correct',
          title: 'Correct',
          inside: { verdict: 'skipped', sentence: 'Not needed.' },
          outside: { verdict: 'skipped', sentence: 'For people.' },
          differ: false,
        },
        {
          step: 'extra',
          title: 'Title of extra',
          inside: null,
          outside: { verdict: 'warn', sentence: 'Slow.' },
          differ: false,
        },
      ],
    });
  });

  it('are not compared when they are of different runbooks, and say when its text was changed', () => {
    expect(putSideBySide({ ...inside, run: 'http-check@aaaaaaaaaaaa' }, outside)).toBeNull();
    const changed = putSideBySide({ ...inside, run: 'kafka-listeners@bbbbbbbbbbbb' }, outside);
    expect(changed?.sameVersion).toBe(false);
  });

  it('make a table of what either place found', () => {
    const both = putSideBySide(inside, outside)!;
    expect(sideBySideTable(both, 'en')).toEqual({
      columns: ['step', 'inside', 'from office'],
      rows: [
        ['Listeners', 'pass: All fine.', 'fail: Its name does not resolve here.'],
        ['Title of extra', 'not looked at', 'warn: Slow.'],
      ],
    });
    const korean = sideBySideTable(both, 'ko');
    expect(korean.columns).toEqual(['단계', '안쪽', 'office에서']);
    expect(korean.rows[0]).toEqual(['Listeners', '정상: All fine.', '실패: Its name does not resolve here.']);
  });
});
