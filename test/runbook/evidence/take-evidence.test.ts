import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { takeEvidence } from '../../../src/runbook/evidence/take-evidence.ts';
import { createScene, pinned } from '../run/scene.ts';

const same = (text: string) => text;
const version = 'abcdef123456';
const report = (more: object = {}) =>
  JSON.stringify({
    muster_report: 1,
    runbook: `r@${version}`,
    place: 'office',
    at: '2026-11-21T10:00:00Z',
    verdict: 'fail',
    steps: [
      {
        id: 'a',
        title: 'Listeners',
        verdict: 'fail',
        sentence: 'Broker 1 sends clients on to kafka:29092.',
        evidence: { columns: [], rows: [] },
        ms: 5,
      },
    ],
    ...more,
  });

function inside() {
  const scene = createScene([pinned({ id: 'a', title: 'Listeners' })]);
  const evidence = { columns: [], rows: [] };
  const found = {
    verdict: 'pass' as const,
    sentence: 'Every broker answers.',
    evidence,
    facts: {},
    startedAt: 0,
    ms: 1,
  };
  scene.send({ type: 'RecordStep', run: 'r@1', step: 'a', attempt: 1, report: found });
  return scene.state();
}

it('puts a report from another place beside what the incident found itself', () => {
  expect(takeEvidence(report(), inside(), same)).toMatchObject({
    kind: 'report',
    title: 'R',
    verdict: 'fail',
    sentence:
      'From office: Broker 1 sends clients on to kafka:29092. One step looks different from inside. The runbook was changed between the two.',
    evidence: {
      columns: ['step', 'inside', 'from office'],
      rows: [['Listeners', 'pass: Every broker answers.', 'fail: Broker 1 sends clients on to kafka:29092.']],
    },
  });
});

it('takes in the report of a runbook that the incident has not run', () => {
  expect(takeEvidence(report({ runbook: `other@${version}` }), inside(), same)).toMatchObject({
    title: `other@${version}`,
    evidence: { columns: ['step', 'found'], rows: [['Listeners', expect.stringContaining('fail')]] },
  });
});

it('leaves out the steps that a report skipped', () => {
  const step = (id: string, verdict: string) => ({
    id,
    title: id,
    verdict,
    sentence: 'So it is.',
    evidence: { columns: [], rows: [] },
    ms: 0,
  });
  const steps = [step('look', 'fail'), step('correct', 'skipped')];
  expect(takeEvidence(report({ runbook: `other@${version}`, steps }), inside(), same)).toMatchObject({
    evidence: { rows: [['look', 'fail: So it is.']] },
  });
});

it('compares a load run with the one before', () => {
  const state = inside();
  const summary = (p95: number) =>
    JSON.stringify({
      metrics: {
        http_reqs: { count: 100, rate: 10 },
        http_req_failed: { passes: 0, fails: 100, value: 0 },
        http_req_duration: { avg: 5, min: 1, med: 5, max: 20, 'p(90)': 8, 'p(95)': p95 },
      },
    });
  const first = takeEvidence(summary(20), state, same);
  if ('problem' in first) throw new Error(first.problem);
  expect(first).toMatchObject({ kind: 'load', verdict: 'pass', sentence: expect.not.stringContaining('→') });
  const second = takeEvidence(summary(80), { ...state, exhibits: [{ ...first, at: 0 }] }, same);
  expect(second).toMatchObject({ verdict: 'warn', sentence: expect.stringContaining('20 ms → 80 ms') });
  expect(second).not.toMatchObject({ key: first.key });
});

it('keeps only the numbers of a load run, whatever else its summary says', () => {
  const limits = Array.from({ length: 3000 }, (_, n) => [`p(95)<${n} s3cret`, true]);
  const metrics = { http_reqs: { count: 9, rate: 1 }, m: { thresholds: Object.fromEntries(limits) } };
  const taken = takeEvidence(JSON.stringify({ metrics }), inside(), (text) => text.replaceAll('s3cret', '*'));
  expect(taken).toMatchObject({ kind: 'load', verdict: 'fail', data: { requests: 9 } });
  expect(JSON.stringify(taken).length).toBeLessThan(5000);
  expect(JSON.stringify(taken)).not.toContain('s3cret');
});

it('masks secrets, and names what is no evidence', () => {
  const masked = takeEvidence(report(), inside(), (text) => text.replaceAll('kafka', '***'));
  expect(masked).toMatchObject({ sentence: expect.stringContaining('***:29092') });
  expect(takeEvidence('hello', inside(), same)).toEqual({
    problem: expect.stringContaining('There is no report in this text'),
  });
  expect(takeEvidence(readFileSync('package.json', 'utf8'), inside(), same)).toEqual({
    problem: expect.stringContaining('This is no report'),
  });
});
