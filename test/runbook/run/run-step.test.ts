import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../../src/kit/failure.ts';
import { silent } from '../../../src/kit/log.ts';
import { runStep } from '../../../src/runbook/run/run-step.ts';
import { defineStep, type StepContext, type StepResult } from '../../../src/runbook/step.ts';

const deps = {
  now: () => 7,
  log: silent,
  secret: (name: string) => name,
  redact: (text: string) => text.replaceAll('s3cret', '[redacted]'),
};

const fine: StepResult = { verdict: 'pass', sentence: 'fine', evidence: { columns: ['a'], rows: [['b']] } };

const step = (run: (context: StepContext) => Promise<StepResult>, effect: 'read' | 'change' = 'read') =>
  defineStep({
    name: 's',
    about: '',
    effect,
    input: z.strictObject({ text: z.string().optional() }),
    example: {},
    targets: [],
    timeoutMs: 50,
    target: () => 't',
    run: (_, context) => run(context),
  });

describe('runStep', () => {
  it('passes on what the step found', async () => {
    expect(
      await runStep(
        step(async () => fine),
        {},
        'en',
        deps,
      ),
    ).toEqual({ ...fine, facts: {}, startedAt: 7, ms: 0 });
  });

  const hang = (context: StepContext) =>
    new Promise<StepResult>((_, reject) =>
      context.signal.addEventListener('abort', () => reject(new Error('aborted'))),
    );

  it.each([
    ['bad input', step(async () => fine), { text: 1 }, 'not valid'],
    ['a parameter without a value', step(async () => fine), { text: `\${host}` }, 'host has no value'],
    ['a bug', step(() => Promise.reject(new TypeError('x is undefined'))), {}, 'x is undefined'],
    [
      'a Failure',
      step(() => Promise.reject(new Failure({ code: 'c', what: 'No way in', remedy: 'Open the door.' }))),
      {},
      'No way in. Open the door.',
    ],
    ['a step that hangs', step(hang), {}, 'no answer within 0.05 s'],
    ['a step that never stops', step(() => new Promise(() => {})), {}, 'no answer within 0.05 s'],
    ['a change that hangs', step(hang, 'change'), {}, 'whether the change took effect'],
  ])('turns %s into unknown with a reason', async (_, broken, input, reason) => {
    const report = await runStep(broken, input, 'en', deps);
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining(reason) });
  });

  it('says the same in Korean', async () => {
    const report = await runStep(step(hang), {}, 'ko', deps);
    expect(report.sentence).toBe('0.05초 안에 응답이 없어 중단했습니다.');
  });

  it('ends when the worker stops', async () => {
    const stop = new AbortController();
    const running = runStep(step(hang), {}, 'en', deps, stop.signal);
    stop.abort();
    expect((await running).sentence).toBe('Was stopped before it could finish.');
    const change = { ...step(hang), effect: 'change' as const };
    const stopped = await runStep(change, {}, 'en', deps, AbortSignal.abort());
    expect(stopped.sentence).toContain('nobody can tell from here whether the change took effect');
  });

  it('redacts every text and caps the flood', async () => {
    const flood = step(async () => ({
      verdict: 'fail',
      sentence: `s3cret ${'x'.repeat(5000)}`,
      evidence: { columns: ['c'], rows: Array.from({ length: 500 }, () => ['s3cret\nsecond line']) },
      facts: { deep: [{ key: 's3cret' }] },
    }));
    const { sentence, evidence, facts } = await runStep(flood, {}, 'en', deps);
    expect(sentence).toMatch(/^\[redacted\] x+…$/);
    expect(sentence.length).toBeLessThanOrEqual(600);
    expect(evidence.rows).toHaveLength(31);
    expect(evidence.rows.at(-1)).toEqual(['and 470 more']);
    expect(evidence.rows[0]).toEqual(['[redacted] second line']);
    expect(facts).toEqual({ deep: [{ key: '[redacted]' }] });
  });

  it('masks a secret that the step asked for, wherever it turns up', async () => {
    const leaky = step(async ({ secret }) => ({
      ...fine,
      sentence: `signed in with ${secret('ORDERS_PASSWORD')}`,
      evidence: { columns: ['dsn'], rows: [['redis://:hunter2-orders@10.0.0.1']] },
    }));
    const secrets = { ...deps, secret: () => 'hunter2-orders' };
    expect(JSON.stringify(await runStep(leaky, {}, 'en', secrets))).not.toContain('hunter2-orders');
  });

  it('redacts and caps a chart', async () => {
    const points = Array.from({ length: 500 }, (_, at): [number, number] => [at, 1]);
    const lines = Array.from({ length: 9 }, () => ({ name: `s3cret ${'x'.repeat(200)}`, points }));
    const marks = Array.from({ length: 9 }, () => ({ at: 1, label: 's3cret' }));
    const chart = { title: 's3cret', unit: 'number', from: 0, to: 1, series: lines, marks } as const;
    const flood = step(async () => ({ ...fine, chart: { ...chart, marks, series: lines } }));
    const report = await runStep(flood, {}, 'en', deps);
    expect(JSON.stringify(report.chart)).not.toContain('s3cret');
    expect(report.chart?.series).toHaveLength(5);
    expect(report.chart?.series[0]?.points).toEqual(points.slice(-120));
    expect(report.chart?.series[0]?.name).toMatch(/^\[redacted\] x+…$/);
    expect(report.chart?.marks).toHaveLength(5);
  });

  it('drops facts that are too large for the log', async () => {
    const report = await runStep(
      step(async () => ({ ...fine, facts: { big: 'x'.repeat(9000) } })),
      {},
      'en',
      deps,
    );
    expect(report.facts).toEqual({});
  });
});
