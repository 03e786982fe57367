import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../../src/kit/log.ts';
import { runStep } from '../../../src/runbook/run/run-step.ts';
import type { Json, Tool } from '../../../src/runbook/step.ts';
import { run } from '../../../src/runbook/steps/run.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { createToolBox, type ToolBox } from '../../parts/tool-box.ts';

describe('run with real executables', () => {
  let box: ToolBox;
  beforeAll(() => {
    box = createToolBox();
  });
  afterAll(() => box.remove());
  const play = (tool: Tool, args: string[] = [], secrets: Record<string, string> = {}) =>
    runForReal(run, { tool: 'mine', arguments: args }, { tools: { mine: tool }, secrets });
  const says = (json: Json, then = '') => box.tool(`cat <<'END'\n${JSON.stringify(json)}\nEND\n${then}`);
  const alive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const pidIn = (file: string) => Number(readFileSync(file, 'utf8'));

  it('takes exit code 0 for pass, with the last line', async () => {
    expect(await play(box.tool('echo one; echo two'))).toMatchObject({
      verdict: 'pass',
      sentence: 'mine ended well: two.',
      evidence: { rows: [['one'], ['two']] },
      facts: { exit_code: 0 },
    });
  });

  it('takes another exit code for fail, without a cause', async () => {
    const report = await play(box.tool('echo "queue is stuck" >&2; exit 3'));
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: 'mine ended with exit code 3: queue is stuck.',
      facts: { exit_code: 3 },
    });
    expect(report.cause).toBeUndefined();
  });

  it('understands a JSON verdict, also of a tool that fails', async () => {
    const verdict = {
      verdict: 'fail',
      sentence: 'Order 7 waits for 3 h.',
      cause: 'order-stuck',
      evidence: { columns: ['order'], rows: [['7']] },
      facts: { order: 7 },
    };
    expect(await play(says(verdict, 'exit 1'))).toMatchObject({
      ...verdict,
      facts: { order: 7, exit_code: 1 },
    });
  });

  it.each<[string, Json, string, string]>([
    ['with a typo', { verdict: 'fail', sentnce: 'x' }, '', 'not valid (sentence'],
    ['of a kind there is none', { verdict: 'bad', sentence: 'x' }, '', 'not valid (verdict'],
    [
      'that its exit code contradicts',
      { verdict: 'pass', sentence: 'x' },
      'exit 2',
      'says pass and ends with exit code 2',
    ],
  ])('does not trust a verdict %s', async (_, json, then, sentence) => {
    expect(await play(says(json, then))).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining(sentence),
    });
  });

  it('hands arguments over as they are, without any shell', async () => {
    const report = await play(box.tool('for one in "$@"; do printf "[%s]\\n" "$one"; done'), [
      'a b',
      '$(touch /tmp/never); `id`',
      '',
    ]);
    expect(report.evidence.rows).toEqual([['[a b]'], ['[$(touch /tmp/never); `id`]'], ['[]']]);
  });

  it('gives it nothing but the listed environment, and masks its secrets', async () => {
    const environment = { GREETING: 'hello', TOKEN: { secretRef: 'MY_TOKEN' } };
    const report = await play(box.tool('/usr/bin/env', { environment }), [], { MY_TOKEN: 's3cret-value' });
    const lines = report.evidence.rows.flat().filter((line) => !/^(PWD|SHLVL|_|OLDPWD)=/.test(line));
    expect(lines.toSorted()).toEqual(['GREETING=hello', 'TOKEN=[redacted]']);
  });

  it('runs in an empty folder of its own that is gone afterwards', async () => {
    const report = await play(box.tool('ls -A | wc -l; echo x > left; pwd'));
    expect(report.evidence.rows[0]).toEqual(['0']);
    expect(existsSync(report.evidence.rows[1]![0]!)).toBe(false);
    const fixed = await play(box.tool('pwd', { folder: box.folder }));
    expect(fixed.evidence.rows).toEqual([[box.folder]]);
  });

  it('kills it with its children when its time is over', async () => {
    const file = join(box.folder, 'child');
    const report = await play(box.tool(`sleep 60 & echo $! > ${file}; wait`, { timeout: 300 }));
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('within 0.3 s') });
    expect(report.ms).toBeLessThan(2000);
    await until('the child to be gone', () => !alive(pidIn(file)), 2000);
  });

  it('kills one that ignores being told to stop, and what it left in the background', async () => {
    const file = join(box.folder, 'stubborn');
    const report = await play(
      box.tool(`trap '' TERM; echo $$ > ${file}; while :; do sleep 0.05; done`, { timeout: 200 }),
    );
    expect(report.verdict).toBe('unknown');
    await until('the tool to be gone', () => !alive(pidIn(file)), 2000);
    const left = join(box.folder, 'left');
    expect((await play(box.tool(`sleep 60 & echo $! > ${left}`))).verdict).toBe('pass');
    await until('the rest to be gone', () => !alive(pidIn(left)), 2000);
  });

  it('stops when the step is cancelled', async () => {
    const file = join(box.folder, 'cancelled');
    const tool = box.tool(`echo $$ > ${file}; exec sleep 60`);
    const deps = {
      now: Date.now,
      log: silent,
      secret: () => '',
      redact: (text: string) => text,
      tool: () => tool,
    };
    const stop = new AbortController();
    const running = runStep(run, { tool: 'mine' }, 'en', deps, stop.signal);
    await until('the tool to run', () => existsSync(file) && pidIn(file) > 0);
    stop.abort();
    expect(await running).toMatchObject({
      verdict: 'unknown',
      sentence: 'Was stopped before it could finish.',
    });
    await until('the tool to be gone', () => !alive(pidIn(file)), 2000);
  });

  it('keeps the end of endless output only', async () => {
    const report = await play(
      box.tool('yes 0123456789012345678901234567890123456789 | head -c 3000000; echo; echo last'),
    );
    expect(report).toMatchObject({ verdict: 'pass', sentence: 'mine ended well: last.' });
    expect(report.evidence.rows).toHaveLength(12);
  });

  it('runs nothing that is not listed, and says what to add', async () => {
    expect(await runForReal(run, { tool: 'mine' })).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('tools: { mine: { path: /absolute/path } } to muster.yaml'),
    });
    const report = await play(box.tool('true', { effect: 'change' }));
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('use run-change') });
  });

  it('runs nothing that somebody else could have put there', async () => {
    const open = join(box.folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    copyFileSync('/bin/true', join(open, 'tool'));
    symlinkSync(join(open, 'tool'), join(box.folder, 'link'));
    const named = (path: string): Tool => ({ ...box.tool('true'), path });
    for (const [tool, why] of [
      [box.tool('true', { mode: 0o777 }), 'everybody on the machine may change'],
      [named(join(box.folder, 'link')), `may change ${open}`],
      [named(join(open, 'tool')), `may change ${open}`],
      [named(open), 'is no file'],
      [box.tool('true', { mode: 0o644 }), 'not executable'],
      [named('/no/such/tool'), 'leads nowhere (ENOENT)'],
    ] as const) {
      const report = await play(tool);
      expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining(why) });
    }
  });

  it('speaks Korean', async () => {
    const report = await runForReal(run, { tool: 'mine' }, { language: 'ko' });
    expect(report.sentence).toMatch(/등록되어 있지 않아 아무것도 실행하지 않았습니다/);
  });
});
