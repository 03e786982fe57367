import { expect, test } from 'vitest';
import { createRedactor } from '../../src/kit/redact.ts';
import { maskTexts } from '../../src/slack/mask-texts.ts';

const redact = createRedactor(['s3cret']);

test('masks what people read, however deep it stands, and nothing that Slack must get back', () => {
  const args = {
    channel: 'C0s3cret',
    name: 'inc-1-s3cret',
    topic: 'P1 s3cret',
    purpose: 'Kept by s3cret',
    text: `token ${'ghp_'}abcdefghijklmnopqrstuvwxyz0123456789`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'is s3cret' }, fields: [{ text: 's3cret' }] },
      { type: 'actions', elements: [{ action_id: 'a', value: '{"run":"s3cret@1"}', text: { text: 'Go' } }] },
    ],
    limit: 5,
    unfurl_links: false,
  };
  expect(maskTexts(args, redact)).toEqual({
    ...args,
    topic: 'P1 [redacted]',
    text: 'token ghp_[redacted]',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'is [redacted]' }, fields: [{ text: '[redacted]' }] },
      args.blocks[1],
    ],
  });
});

test('a topic stays one when masking makes it longer', () => {
  const { topic } = maskTexts({ topic: '?key=a '.repeat(30) }, redact);
  expect(topic).toMatch(/^\?key=\[redacted\] /);
  expect(topic.length).toBeLessThanOrEqual(250);
});
