import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlackServer } from '../../../../src/sandbox/slack/server.ts';
import { startWorkspace } from '../workspace.ts';

let slack: SlackServer;
beforeAll(async () => {
  slack = await startWorkspace();
});
afterAll(() => slack.close());

async function call(method: string, args: Record<string, unknown>) {
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.app.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await answer.json()) as { ok: boolean; error?: string; [name: string]: unknown };
}
let channels = 0;
const begin = (length = 3) =>
  call('files.getUploadURLExternal', { filename: 'a.png', length, alt_txt: 'A chart' });
const put = async (url: unknown, bytes: string) =>
  (await fetch(String(url), { method: 'POST', body: Buffer.from(bytes) })).status;
const end = (id: unknown, more = {}) =>
  call('files.completeUploadExternal', { files: [{ id, title: 'A' }], ...more });
const post = async (id: unknown) => {
  const made = (await call('conversations.create', { name: `inc-${++channels}` })) as {
    channel?: { id: string };
  };
  const blocks = [{ type: 'image', slack_file: { id }, alt_text: 'A chart' }];
  return call('chat.postMessage', { channel: made.channel?.id, text: 'x', blocks });
};

test('an uploaded and completed file can be shown in a message', async () => {
  const { upload_url, file_id } = await begin();
  expect(await post(file_id)).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
  });
  expect(await put(upload_url, 'abc')).toBe(200);
  expect(await post(file_id), 'not completed').toMatchObject({ ok: false });
  expect(await end(file_id)).toMatchObject({ ok: true, files: [{ id: file_id, title: 'A' }] });
  expect(await post(file_id)).toMatchObject({ ok: true });
});

test('an upload has as many bytes as were announced, and comes once', async () => {
  const { upload_url } = await begin();
  expect(await put(upload_url, 'abcd')).toBe(400);
  expect(await put(upload_url, 'abc')).toBe(200);
  expect(await put(upload_url, 'abc')).toBe(404);
  expect(await put(`${slack.url}/upload/v1/F0NONE`, 'abc')).toBe(404);
});

test('what is wrong is refused with the documented errors', async () => {
  expect(await begin(0)).toMatchObject({ error: 'missing_argument' });
  expect(await end('F0NONE')).toMatchObject({ error: 'file_not_found' });
  expect(await end((await begin()).file_id), 'without bytes').toMatchObject({ error: 'file_not_found' });
  const long = { filename: 'a', length: 1, alt_txt: 'x'.repeat(1001) };
  expect(await call('files.getUploadURLExternal', long)).toMatchObject({ error: 'alt_txt_too_large' });
  const { scopes } = slack.app;
  slack.app.scopes = scopes.filter((scope) => scope !== 'files:write');
  expect(await begin()).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
  slack.app.scopes = scopes;
});
