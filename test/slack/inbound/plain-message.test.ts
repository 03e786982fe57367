import { expect, test } from 'vitest';
import { plainMessage, plainWords } from '../../../src/slack/inbound/plain-message.ts';

test.each([
  ['<@U0JUN> look', '@Lee Jun look'],
  ['<@U0JUN|jun> look', '@jun look'],
  ['in <#C1|orders> and <#C2>', 'in #orders and #C2'],
  ['<!channel> <!here|here> <!subteam^S1|@ops>', '@channel @here @ops'],
  ['<https://x.example/a?b=1&amp;c=2>', 'https://x.example/a?b=1&c=2'],
  ['<https://x.example|graph>', 'graph (https://x.example)'],
  ['<mailto:a@x.example|a@x.example>', 'a@x.example (mailto:a@x.example)'],
  ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['if a < b > c', 'if a < b > c'],
  ['hid\u200bden\u202e', 'hidden'],
])('%j reads %j', (text, plain) => {
  expect(plainMessage(text, () => 'Lee Jun')).toBe(plain);
});

test('a long message is cut, and typed words need nobody looked up', () => {
  expect(plainMessage('x'.repeat(5000), String)).toHaveLength(3000);
  expect(plainWords('ask <@U1|minji> &amp; <@U2>')).toBe('ask @minji & @U2');
});
