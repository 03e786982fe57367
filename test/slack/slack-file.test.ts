import { expect, test } from 'vitest';
import { isSlackFile } from '../../src/slack/slack-file.ts';

test.each([
  ['https://files.slack.com/files-pri/T1-F1/download/a.json', true],
  ['http://127.0.0.1:8090/files-pri/F1', true],
  ['https://files.slack.com.evil.example/a.json', false],
  ['https://drive.example.com/a.json', false],
  ['http://files.slack.com/a.json', false],
  ['not an address', false],
])('the token goes to %s: %s', (address, may) => {
  expect(isSlackFile('http://127.0.0.1:8090/api/')(address)).toBe(may);
});
