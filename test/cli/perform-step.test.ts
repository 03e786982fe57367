import { expect, it } from 'vitest';
import { performStep } from '../../src/cli/perform-step.ts';
import type { PinnedStep, StepReport } from '../../src/incident/steps.ts';
import { pinned } from '../runbook/run/scene.ts';

const report = { verdict: 'pass', sentence: '' } as StepReport;
const change = (step: Partial<PinnedStep>) => pinned({ id: 'a', effect: 'change', ...step });

/** Performs changes at once, each question answered with the same line. */
async function perform(answer: string, ...steps: PinnedStep[]) {
  const asked: string[] = [];
  const ran: string[] = [];
  let open = 0;
  let most = 0;
  const doing = performStep({
    approve: true,
    ask: async (question) => {
      asked.push(question);
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return answer;
    },
    run: async ({ id }) => {
      ran.push(id);
      return report;
    },
  });
  return { done: await Promise.all(steps.map(doing)), asked, ran, most };
}

it('asks for one change after the other: one line is never taken for two', async () => {
  const { most, ran } = await perform('thing', change({ id: 'a' }), change({ id: 'b' }));
  expect([most, ran]).toEqual([1, ['a', 'b']]);
});

it('runs nothing whose target is empty, however fast Enter is pressed', async () => {
  const { done, asked } = await perform('', change({ target: ' ' }));
  expect([asked, done]).toEqual([[], [{ skipped: expect.stringContaining('no target') }]]);
});

it('shows what runs without what a terminal would obey, and takes the target as it is shown', async () => {
  const hidden = { target: 'orders\u001b[2K  main', preview: 'DROP x\u001b[1A\u001b[2KSELECT 1' };
  const { asked, ran } = await perform('orders[2K main', change(hidden));
  expect(asked[0]).not.toContain('\u001b');
  expect(asked[0]).toContain('DROP x');
  expect(ran).toEqual(['a']);
});

it('goes on when a question is left', async () => {
  let times = 0;
  const doing = performStep({
    approve: true,
    ask: async () => {
      if (times++ === 0) throw new Error('Aborted with Ctrl+D');
      return 'thing';
    },
    run: async () => report,
  });
  const [left, other] = await Promise.allSettled([doing(change({ id: 'a' })), doing(change({ id: 'b' }))]);
  expect([left?.status, other]).toEqual(['rejected', { status: 'fulfilled', value: report }]);
});
