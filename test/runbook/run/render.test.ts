import { expect, it } from 'vitest';
import { actionHash, lookName, stepJobId } from '../../../src/runbook/run/render.ts';
import { pinned } from './scene.ts';

const input = { x: 1, y: [2] };
const step = { ...pinned({ id: 'a', effect: 'change', input, target: 't', preview: 'p' }), attempt: 1 };
const scene = { severity: 'P1', status: 'open', findings: {} } as const;
const hash = actionHash(1, 'r@1', step, scene);

it('is the same for the same action however it was built', () => {
  expect(actionHash(1, 'r@1', { ...step, input: { y: [2], x: 1 } }, scene)).toBe(hash);
});

it.each([
  ['incident', actionHash(2, 'r@1', step, scene)],
  ['runbook version', actionHash(1, 'r@2', step, scene)],
  ['step', actionHash(1, 'r@1', { ...step, id: 'b' }, scene)],
  ['attempt', actionHash(1, 'r@1', { ...step, attempt: 2 }, scene)],
  ['input', actionHash(1, 'r@1', { ...step, input: { x: 2, y: [2] } }, scene)],
  ['target', actionHash(1, 'r@1', { ...step, target: 'u' }, scene)],
  ['situation', actionHash(1, 'r@1', step, { ...scene, severity: 'P2' })],
  ['preview', actionHash(1, 'r@1', { ...step, preview: 'q' }, scene)],
])('another %s needs another approval', (_, other) => expect(other).not.toBe(hash));

it('makes job ids that BullMQ takes, one for each attempt and part', () => {
  const id = (part: object) =>
    stepJobId({ incident: 42, run: 'r@1a2b', step: 'views/inside', attempt: 1, recheck: 0, ...part });
  expect(id({})).toBe('step-42-r@1a2b-views.inside-1');
  expect(id({})).not.toContain(':');
  expect(
    new Set([
      id({}),
      id({ attempt: 2 }),
      id({ step: 'views/outside' }),
      id({ incident: 4 }),
      id({ recheck: 1 }),
    ]).size,
  ).toBe(5);
});

it('names equal looks equally, but not from another place or in another language', () => {
  const name = (part: object, language = 'en') => lookName({ ...step, ...part }, language);
  expect(name({ id: 'b', title: 'other' })).toBe(name({}));
  expect(new Set([name({}), name({ location: 'outside' }), name({ input: {} }), name({}, 'ko')]).size).toBe(
    4,
  );
});
