import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StepReport } from '../../../src/incident/steps.ts';
import { factsNamed, fillFacts } from '../../../src/runbook/file/fill-facts.ts';
import { defineStep, type Json, type Step } from '../../../src/runbook/step.ts';
import { createScene, pinned } from '../run/scene.ts';

const kill = defineStep({
  name: 'kill',
  about: '',
  effect: 'change',
  input: z.object({ query: z.object({ id: z.number() }), host: z.string() }),
  example: {},
  targets: [],
  timeoutMs: 1000,
  target: ({ host }) => `mysql ${host}`,
  preview: ({ query }) => `KILL ${query.id}`,
  run: async () => ({ verdict: 'pass', sentence: '', evidence: { columns: [], rows: [] } }),
});
const catalogue = new Map<string, Step>([['kill', kill]]);
const found = (facts: object) => ({
  load: { verdict: 'fail' as const, facts: facts as Record<string, unknown> },
});
const template = { query: `\${steps.load.facts.blocker}`, host: `db-\${steps.load.facts.host.name}` };
const fill = (facts: object) => fillFacts({ uses: 'kill', input: template }, found(facts), catalogue, 'en');

describe('fillFacts', () => {
  it('puts in a fact as it is, or as text inside longer text, and renders what will run', () => {
    expect(fill({ blocker: { id: 7 }, host: { name: 'a' } })).toEqual({
      input: { query: { id: 7 }, host: 'db-a' },
      target: 'mysql db-a',
      preview: 'KILL 7',
    });
  });

  it.each([
    [{ host: { name: 'a' } }, ['steps.load.facts.blocker']],
    [{ blocker: null, host: 'a' }, ['steps.load.facts.blocker', 'steps.load.facts.host.name']],
  ])('names what %j lacks', (facts, missing) => expect(fill(facts)).toEqual({ missing }));

  it('shows nothing where the fact is not what the step takes', () => {
    expect(fill({ blocker: 'x', host: { name: 'a' } })).toMatchObject({ preview: null });
  });

  it('finds every place', () => {
    expect(factsNamed(template)).toMatchObject([
      { step: 'load', path: ['blocker'], at: ['query'] },
      { step: 'load', path: ['host', 'name'], at: ['host'] },
    ]);
    expect(factsNamed({ a: `\${load}`, b: `\${steps.load.verdict}` })).toEqual([]);
  });
});

describe('a change that names what a look found', () => {
  const look = pinned({ id: 'load' });
  const change = pinned({
    id: 'change',
    effect: 'change',
    uses: 'kill',
    needs: ['load'],
    check: 'check',
    input: { query: `\${steps.load.facts.blocker}`, host: 'a' },
    preview: null,
    target: 'kill',
  });
  const check = pinned({
    id: 'check',
    needs: ['change'],
    input: { gone: `\${steps.load.facts.blocker.id}` },
  });

  function looked(facts: Record<string, Json>) {
    const scene = createScene([look, change, check], catalogue);
    const report: StepReport = {
      verdict: 'fail',
      sentence: 's',
      evidence: { columns: [], rows: [] },
      facts,
      startedAt: scene.clock.now,
      ms: 0,
    };
    scene.send({ type: 'RecordStep', run: 'r@1', step: 'load', attempt: 1, report });
    scene.settle();
    return { ...scene, report };
  }

  it('is proposed with exactly that thing, and its check looks at the same', () => {
    const scene = looked({ blocker: { id: 7 } });
    expect(scene.step('change')).toMatchObject({
      phase: { is: 'proposed' },
      preview: 'KILL 7',
      target: 'mysql a',
      input: { query: { id: 7 } },
    });
    expect(scene.step('check').input).toEqual({ gone: 7 });
    scene.approve('change');
    expect(scene.settle()).toMatchObject([{ step: 'change' }]);
  });

  it('is not proposed where the look found none', () => {
    expect(looked({}).step('change').phase).toMatchObject({
      is: 'skipped',
      why: 'Cannot be proposed: the look before it did not find steps.load.facts.blocker.',
    });
  });

  it('is proposed again when a later look found another, and the approval of the first is void', () => {
    const scene = looked({ blocker: { id: 7 } });
    scene.approve('change');
    scene.give({ type: 'RequestStep', at: scene.clock.now, by: scene.minji, run: 'r@1', step: 'load' });
    expect(scene.settle()).toMatchObject([{ step: 'load' }]);
    const report = { ...scene.report, facts: { blocker: { id: 8 } } };
    scene.send({ type: 'RecordStep', run: 'r@1', step: 'load', attempt: 2, report });
    expect(scene.settle()).toEqual([]);
    expect(scene.step('change')).toMatchObject({ phase: { is: 'proposed' }, preview: 'KILL 8' });
    expect(scene.step('check').input).toEqual({ gone: 8 });
  });
});
