import { expect, test } from 'vitest';
import { pingsOf, visible } from '../../../src/sandbox/slack/visible.ts';
import { call, startWorkspace } from './workspace.ts';

const story = async (startAt: number, noise: number) => {
  let clock = startAt;
  const slack = await startWorkspace({ now: () => clock++ });
  for (let n = 0; n < noise; n++) slack.world.nextId++;
  const { id } = (await call(slack, 'conversations.create', { name: `inc-${noise}` })).body.channel;
  await call(slack, 'conversations.invite', { channel: id, users: 'U0MINJI' });
  const blocks = [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `<@U0MINJI> since <!date^${startAt / 1000}^{time}|then>` },
    },
  ];
  const { ts } = (await call(slack, 'chat.postMessage', { channel: id, text: 'card', blocks })).body;
  await call(slack, 'pins.add', { channel: id, timestamp: ts });
  await call(slack, 'chat.postMessage', { channel: 'U0JUN', text: `see <#${id}>` });
  return slack;
};

test('two runs look the same once ids, times and numbers are masked; what people see differs, the view differs', async () => {
  const mask = (text: string) => text.replace(/inc-\d+/g, 'inc-N');
  const [one, two] = [await story(1_790_000_000_000, 3), await story(1_790_000_500_000, 7)];
  const seen = visible(one.world, mask);
  expect(seen).toEqual(visible(two.world, mask));
  expect(Object.keys(seen)).toEqual(['#general', '#inc-N', 'dm:jun+muster']);
  expect(seen['#inc-N']).toMatchObject({ members: ['minji', 'muster'], pins: [0] });
  expect(JSON.stringify(seen)).not.toMatch(/\d{10}|[CDU]0[A-Z0-9]{6}/);
  two.as('U0MINJI').post([...two.world.channels.values()][1]!.id, 'one word more');
  expect(visible(two.world, mask)).not.toEqual(seen);
  await one.close();
  await two.close();
});

test('a mention and a direct message ping; the rest of the channel stays quiet', async () => {
  const slack = await story(1_790_000_000_000, 1);
  const texts = (user: string) => pingsOf(slack.world, user).map(({ message }) => message.text);
  expect(texts('U0MINJI')).toEqual(['card']);
  expect(texts('U0JUN').map((text) => text.slice(0, 3))).toEqual(['see']);
  await slack.close();
});
