import { describe, expect, it } from 'vitest';
import { summarise } from '../../../../src/runbook/systems/postgres/replication-summary.ts';
import { gone, pair, primary, says, slot } from './nodes.ts';

describe('which slots may be dropped', () => {
  it.each([
    ['retains and nobody uses it', pair({ slots: [slot] }), ['old']],
    ['is a standby’s', pair({ slots: [slot] }, { slot: 'old' }), []],
    [
      'may be that of a standby that does not answer',
      [says('p:1', primary({ slots: [slot] })), gone('s:1', 'refused')],
      [],
    ],
    [
      'is logical, while a standby does not answer',
      [says('p:1', primary({ slots: [{ ...slot, physical: false }] })), gone('s:1', 'refused')],
      ['old'],
    ],
    ['is read', pair({ slots: [{ ...slot, active: true }] }), []],
    ['keeps little', pair({ slots: [{ ...slot, retainedBytes: 1 }] }), []],
  ])('a slot that %s may be dropped: %#', (_, view, names) => {
    const { slots } = summarise(view, { retainedBytes: 16_777_216 });
    expect(slots.flatMap(({ name, droppable }) => (droppable ? [name] : []))).toEqual(names);
  });
});
