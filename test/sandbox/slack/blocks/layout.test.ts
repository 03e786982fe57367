import { describe, expect, test } from 'vitest';
import { checkView, viewTooLarge } from '../../../../src/sandbox/slack/blocks/check.ts';
import type { Json } from '../../../../src/sandbox/slack/world.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const x = (length: number) => 'x'.repeat(length);
const input = (element: object) => ({ type: 'input', label: plain('Label'), element });

describe('views', () => {
  const modal = (more: object = {}): Json => ({
    type: 'modal',
    title: plain('Title'),
    blocks: [{ type: 'divider' }],
    ...more,
  });
  test.each([
    ['title', (n: number) => modal({ title: plain(x(n)) }), 24],
    ['submit', (n: number) => modal({ submit: plain(x(n)) }), 24],
    ['close', (n: number) => modal({ close: plain(x(n)) }), 24],
    ['private_metadata', (n: number) => modal({ private_metadata: x(n) }), 3000],
    ['callback_id', (n: number) => modal({ callback_id: x(n) }), 255],
  ])('%s', (_what, make, max) => {
    expect(checkView(make(max))).toEqual([]);
    expect(checkView(make(max + 1)).join()).toMatch(/must be less than/);
  });

  test('a modal with an input needs a submit button; over 250 kB is too large', () => {
    const asking = modal({ blocks: [input({ type: 'plain_text_input', action_id: 'a' })] }) satisfies Json;
    expect(checkView(asking).join()).toMatch(/submit is required/);
    expect(checkView({ ...asking, submit: plain('Go') } as Json)).toEqual([]);
    expect([viewTooLarge({ x: x(249_000) }), viewTooLarge({ x: x(251_000) })]).toEqual([false, true]);
  });
});
