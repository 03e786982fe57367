import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChange } from '../../../src/runbook/steps/run-change.ts';
import { runForReal } from '../../parts/run.ts';
import { createToolBox, type ToolBox } from '../../parts/tool-box.ts';

describe('run-change with real executables', () => {
  let box: ToolBox;
  beforeAll(() => {
    box = createToolBox();
  });
  afterAll(() => box.remove());

  it('runs a tool that is listed as a change, once', async () => {
    const file = join(box.folder, 'count');
    const tool = box.tool(`echo run >> ${file}; echo requeued`, { effect: 'change' });
    expect(await runForReal(runChange, { tool: 'mine' }, { tools: { mine: tool } })).toMatchObject({
      verdict: 'pass',
      sentence: 'mine ended well: requeued.',
    });
    expect(readFileSync(file, 'utf8')).toBe('run\n');
  });

  it('is certain that nothing happened when a tool is not listed, or listed as a read', async () => {
    expect(await runForReal(runChange, { tool: 'mine' })).toMatchObject({ verdict: 'fail' });
    const report = await runForReal(runChange, { tool: 'mine' }, { tools: { mine: box.tool('true') } });
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('nothing was run') });
  });

  it('does not know what became of one that had to be killed', async () => {
    const tool = box.tool('sleep 60', { effect: 'change', timeout: 200 });
    expect(await runForReal(runChange, { tool: 'mine' }, { tools: { mine: tool } })).toMatchObject({
      verdict: 'unknown',
    });
  });

  it('shows the tool and its arguments before', () => {
    const parsed = runChange.input.parse({ tool: 'requeue', arguments: ['a b', '4711'] });
    expect(runChange.preview!(parsed, 'en')).toBe(
      'Runs the tool requeue of muster.yaml once, with the arguments ["a b","4711"].',
    );
  });
});
