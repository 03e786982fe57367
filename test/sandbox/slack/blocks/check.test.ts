import type { KnownBlock } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { checkBlocks, type Surface } from '../../../../src/sandbox/slack/blocks/check.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const md = (text: string) => ({ type: 'mrkdwn' as const, text });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const option = (value: string, text = 'Option') => ({ text: plain(text), value });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});

/** Every limit of platform-facts §3.1: the largest that is shown, and the smallest that is not. */
const limits: [what: string, make: (size: number) => object | object[], max: number, surface?: Surface][] = [
  ['blocks in a message', (n) => times(n, () => ({ type: 'divider' })), 50],
  ['blocks in a modal', (n) => times(n, () => ({ type: 'divider' })), 100, 'modal'],
  ['blocks on the Home tab', (n) => times(n, () => ({ type: 'divider' })), 100, 'home'],
  ['block_id', (n) => ({ type: 'divider', block_id: x(n) }), 255],
  ['action_id', (n) => actions(button({ action_id: x(n) })), 255],
  ['section text', (n) => ({ type: 'section', text: md(x(n)) }), 3000],
  ['fields', (n) => ({ type: 'section', fields: times(n, () => md('f')) }), 10],
  ['a field', (n) => ({ type: 'section', fields: [md(x(n))] }), 2000],
  ['header', (n) => ({ type: 'header', text: plain(x(n)) }), 150],
  ['context elements', (n) => ({ type: 'context', elements: times(n, () => md('c')) }), 10],
  ['actions elements', (n) => actions(...times(n, (i) => button({ action_id: `a${i}` }))), 25],
  ['button text', (n) => actions(button({ text: plain(x(n)) })), 75],
  ['button value', (n) => actions(button({ value: x(n) })), 2000],
  ['button url', (n) => actions(button({ url: `https://e.com/${x(n - 14)}` })), 3000],
  ['button label for screen readers', (n) => actions(button({ accessibility_label: x(n) })), 75],
  [
    'select options',
    (n) => actions({ type: 'static_select', action_id: 's', options: times(n, (i) => option(`${i}`)) }),
    100,
  ],
  [
    'option text',
    (n) => actions({ type: 'static_select', action_id: 's', options: [option('1', x(n))] }),
    75,
  ],
  ['option value', (n) => actions({ type: 'static_select', action_id: 's', options: [option(x(n))] }), 150],
  ['placeholder', (n) => actions({ type: 'users_select', action_id: 's', placeholder: plain(x(n)) }), 150],
  [
    'overflow options',
    (n) => actions({ type: 'overflow', action_id: 's', options: times(n, (i) => option(`${i}`)) }),
    5,
  ],
  [
    'check boxes',
    (n) => actions({ type: 'checkboxes', action_id: 's', options: times(n, (i) => option(`${i}`)) }),
    10,
  ],
  [
    'radio buttons',
    (n) => actions({ type: 'radio_buttons', action_id: 's', options: times(n, (i) => option(`${i}`)) }),
    10,
  ],
  [
    'confirm title',
    (n) =>
      actions(
        button({ confirm: { title: plain(x(n)), text: md('t'), confirm: plain('y'), deny: plain('n') } }),
      ),
    100,
  ],
  [
    'confirm text',
    (n) =>
      actions(
        button({ confirm: { title: plain('t'), text: md(x(n)), confirm: plain('y'), deny: plain('n') } }),
      ),
    300,
  ],
  [
    'confirm button',
    (n) =>
      actions(
        button({ confirm: { title: plain('t'), text: md('t'), confirm: plain(x(n)), deny: plain('n') } }),
      ),
    30,
  ],
  ['input label', (n) => input({ type: 'plain_text_input' }, { label: plain(x(n)) }), 2000],
  ['input hint', (n) => input({ type: 'plain_text_input' }, { hint: plain(x(n)) }), 2000],
  ['max_length', (n) => input({ type: 'plain_text_input', max_length: n }), 3000],
  ['image alt text', (n) => ({ type: 'image', image_url: 'https://e.com/i.png', alt_text: x(n) }), 2000],
  [
    'image title',
    (n) => ({ type: 'image', image_url: 'https://e.com/i.png', alt_text: 'a', title: plain(x(n)) }),
    2000,
  ],
  ['markdown', (n) => ({ type: 'markdown', text: x(n) }), 12_000],
  ['table rows', (n) => ({ type: 'table', rows: times(n, () => [{ type: 'raw_text', text: 'c' }]) }), 100],
  ['table cells', (n) => ({ type: 'table', rows: [times(n, () => ({ type: 'raw_text', text: 'c' }))] }), 20],
  ['alert', (n) => ({ type: 'alert', text: plain(x(n)) }), 200, 'modal'],
];

test.each(limits)('%s', (_what, make, max, surface = 'message') => {
  const check = (size: number) => checkBlocks([make(size)].flat() as unknown[], surface);
  expect(check(max)).toEqual([]);
  const problems = check(max + 1);
  expect(problems).not.toEqual([]);
  for (const problem of problems) expect(problem).toMatch(/^\[ERROR\] .+ \[json-pointer:\/blocks.*\]$/);
});

describe('what Slack does not show', () => {
  const wrong: [string, object | object[], RegExp, Surface?][] = [
    ['an unknown block', { type: 'banner' }, /unsupported type.*\/blocks\/0/],
    ['an unknown property', { type: 'divider', colour: 'red' }, /invalid additional property: colour/],
    ['empty text', { type: 'section', text: md('') }, /must be more than 0 characters.*\/text\/text/],
    ['a section without text', { type: 'section' }, /must have text or fields/],
    ['a header in mrkdwn', { type: 'header', text: md('x') }, /json-pointer:\/blocks\/0\/text/],
    ['an input among actions', actions({ type: 'plain_text_input', action_id: 'a' }), /elements\/0/],
    ['a button in an input', input(button()), /element/],
    [
      'the same block_id twice',
      times(2, () => ({ type: 'divider', block_id: 'b' })),
      /block_id `b` already exists/,
    ],
    ['the same action_id twice in a block', actions(button(), button()), /action_id `go` already exists/],
    [
      'a select with neither options nor groups',
      actions({ type: 'static_select', action_id: 's' }),
      /options or option_groups/,
    ],
    [
      'an initial option that is not offered',
      actions({ type: 'static_select', action_id: 's', options: [option('1')], initial_option: option('2') }),
      /must match/,
    ],
    ['a button style of one’s own', actions(button({ style: 'warning' })), /style/],
    ['a link that is none', actions(button({ url: 'nowhere' })), /valid URL/],
    [
      'an image without alt text',
      { type: 'image', image_url: 'https://e.com/i.png' },
      /missing required field.*alt_text/,
    ],
    [
      'two tables',
      times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]] })),
      /only one table/,
    ],
    [
      'a table in a modal',
      { type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]] },
      /unsupported type/,
      'modal',
    ],
    ['an alert in a message', { type: 'alert', text: plain('x') }, /unsupported type/],
    [
      '12,001 characters of Markdown in two blocks',
      times(2, () => ({ type: 'markdown', text: x(6_001) })),
      /in total/,
    ],
  ];
  test.each(wrong)('%s', (_what, blocks, problem, surface = 'message') => {
    expect(checkBlocks([blocks].flat(), surface).join('\n')).toMatch(problem);
  });
});

test('blocks that the official types allow pass', () => {
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain('P1') },
    {
      type: 'section',
      text: md('*x*'),
      fields: [md('a'), plain('b')],
      accessory: {
        type: 'button',
        text: plain('Go'),
        action_id: 'g',
        confirm: {
          title: plain('t'),
          text: plain('t'),
          confirm: plain('y'),
          deny: plain('n'),
          style: 'danger',
        },
      },
    },
    {
      type: 'actions',
      elements: [
        { type: 'users_select', action_id: 'u', placeholder: plain('who') },
        { type: 'overflow', action_id: 'o', options: [option('1')] },
      ],
    },
    {
      type: 'context',
      elements: [md('c'), { type: 'image', image_url: 'https://e.com/i.png', alt_text: 'a' }],
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'x', style: { bold: true } },
                { type: 'link', url: 'https://e.com' },
              ],
            },
          ],
        },
      ],
    },
    {
      type: 'table',
      rows: [
        [
          { type: 'raw_text', text: 'c' },
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
          },
        ],
      ],
    },
    { type: 'divider' },
  ];
  expect(checkBlocks(blocks, 'message')).toEqual([]);
});
