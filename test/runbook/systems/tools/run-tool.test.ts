import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTool } from '../../../../src/runbook/systems/tools/run-tool.ts';
import { createToolBox, type ToolBox } from '../../../parts/tool-box.ts';

describe('runTool', () => {
  let box: ToolBox;
  beforeAll(() => {
    box = createToolBox();
  });
  afterAll(() => box.remove());
  const play = (script: string) => runTool(box.tool(script), [], {}, new AbortController().signal);

  it('keeps a bounded end of what is written, and says that something is missing', async () => {
    const end = await play('yes | head -c 3000000; echo last; yes | head -c 100000 >&2');
    if ('notStarted' in end) throw new Error(end.detail);
    expect([end.stdout.length, end.stderr.length, end.whole]).toEqual([65_536, 4096, false]);
    expect(end.stdout.endsWith('last\n')).toBe(true);
  });

  it('does not wait for a child that left the group and holds its output open', async () => {
    const begin = performance.now();
    const end = await play('echo done; setsid sleep 3 &');
    expect(end).toMatchObject({ ended: 'exited', code: 0, stdout: 'done\n', whole: true });
    expect(performance.now() - begin).toBeLessThan(2500);
  });

  it('says what a tool that cannot be executed lacks', async () => {
    expect(
      await runTool({ ...box.tool('true'), folder: '/no/such/folder' }, [], {}, new AbortController().signal),
    ).toEqual({ notStarted: 'broken', detail: 'ENOENT' });
  });
});
