import { expect, it } from 'vitest';
import { actionHash, stepJobId } from '../../src/runbook/render.ts';
import { pinned } from './scene.ts';

const step = pinned({ id: 'a', effect: 'change', input: { x: 1, y: [2] }, target: 't', preview: 'p' });
const hash = actionHash(1, 'r@1', step);

it('is the same for the same action however it was built', () => {
  expect(actionHash(1, 'r@1', { ...step, input: { y: [2], x: 1 } })).toBe(hash);
});

it.each([
  ['incident', actionHash(2, 'r@1', step)],
  ['runbook version', actionHash(1, 'r@2', step)],
  ['step', actionHash(1, 'r@1', { ...step, id: 'b' })],
  ['input', actionHash(1, 'r@1', { ...step, input: { x: 2, y: [2] } })],
  ['target', actionHash(1, 'r@1', { ...step, target: 'u' })],
  ['preview', actionHash(1, 'r@1', { ...step, preview: 'q' })],
])('another %s needs another approval', (_, other) => expect(other).not.toBe(hash));

it('makes job ids that BullMQ takes, one for each attempt and part', () => {
  const id = (part: object) =>
    stepJobId({ incident: 42, run: 'r@1a2b', step: 'views/inside', attempt: 1, ...part });
  expect(id({})).toBe('step-42-r@1a2b-views.inside-1');
  expect(id({})).not.toContain(':');
  expect(new Set([id({}), id({ attempt: 2 }), id({ step: 'views/outside' }), id({ incident: 4 })]).size).toBe(
    4,
  );
});
