import type { PinnedRunbook, PinnedStep } from '../../src/incident/steps.ts';

/** A step that changes something and one that looks, for tests of the core. */
export const changeStep: PinnedStep = {
  id: 'failover',
  uses: 'redis-sentinel-failover',
  title: 'Fail over',
  effect: 'change',
  input: {},
  target: 'orders-master',
  preview: 'SENTINEL FAILOVER orders-master',
  condition: null,
  needs: [],
  check: null,
  approvers: { roles: ['ops'], people: [], count: 1 },
  location: null,
  timeoutMs: 10_000,
};

/** A look. */
export const readStep: PinnedStep = { ...changeStep, id: 'quorum', effect: 'read', preview: null };

/** A runbook of these steps. */
export const runbookOf = (steps: PinnedStep[]): PinnedRunbook => ({
  run: 'redis@1',
  name: 'redis',
  version: '1',
  title: 'Redis',
  url: null,
  recheckMs: 180_000,
  budgetMs: 120_000,
  steps,
});
