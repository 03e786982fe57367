import { describe, expect, it } from 'vitest';
import { Tools } from '../../src/config/tools.ts';

describe('tools in muster.yaml', () => {
  it('is empty by default, so nothing may run', () => expect(Tools.parse(undefined)).toEqual({}));

  it('fills in the careful defaults', () => {
    expect(Tools.parse({ look: { path: '/opt/look' } })).toEqual({
      look: { path: '/opt/look', effect: 'read', folder: null, timeout: 10_000, environment: {} },
    });
  });

  it.each([
    ['a relative path', { path: 'look' }],
    ['a path that climbs', { path: '/opt/../tmp/look' }],
    ['a time-out that outlasts the step', { path: '/opt/look', timeout: '2m' }],
    ['no time at all', { path: '/opt/look', timeout: '0s' }],
    ['a shell line', { path: '/opt/look', shell: true }],
    ['a name that is no variable', { path: '/opt/look', environment: { 'A B': 'x' } }],
  ])('refuses %s', (_, tool) => expect(Tools.safeParse({ look: tool }).success).toBe(false));

  it('finds nothing under a name that every object has', () => {
    expect(Tools.parse({}).constructor).toBeUndefined();
  });
});
