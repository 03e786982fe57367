import { expect, test } from 'vitest';
import { createUnderstand } from '../../src/alerts/recent-bodies.ts';

const externalURL = `http://${'alertmanager'.repeat(100)}`;
const body = (name: string) =>
  Buffer.from(JSON.stringify({ version: '4', receiver: name, alerts: [], externalURL }));

/** An understanding that notes which bodies were parsed. */
function listener(maxBytes?: number) {
  const parsed: string[] = [];
  const understand = createUnderstand(({ receiver }) => {
    parsed.push(receiver);
    return [];
  }, maxBytes);
  return { parsed, send: (name: string) => understand(body(name), 0) };
}

test('a body is parsed when it comes first and when it comes again, and not a third time', () => {
  const { parsed, send } = listener();
  for (const name of ['a', 'a', 'a', 'b', 'a', 'b']) expect(send(name)).toEqual({ groups: [] });
  expect(parsed).toEqual(['a', 'a', 'b', 'b']);
});

test('the bodies that were not seen for longest are forgotten when there is no room', () => {
  const { parsed, send } = listener(2 * body('a').length);
  for (const name of ['a', 'a', 'b', 'b', 'a', 'b']) send(name);
  expect(parsed).toEqual(['a', 'a', 'b', 'b']);
  send('c');
  send('b');
  send('a');
  expect(parsed).toEqual(['a', 'a', 'b', 'b', 'c', 'a']);
});

test('what cannot be understood is not remembered', () => {
  const { parsed, send } = listener();
  const understand = createUnderstand(() => []);
  for (let i = 0; i < 3; i++) expect(understand(Buffer.from('{'), 0)).toHaveProperty('problem');
  send('a');
  expect(parsed).toEqual(['a']);
});
