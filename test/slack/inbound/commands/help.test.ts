import { expect, test } from 'vitest';
import { verbs } from '../../../../src/slack/inbound/registry.ts';
import { tryVerbs } from '../ask.ts';

test('names every verb, in either language, and fits in one message', async () => {
  const { type } = tryVerbs();
  for (const [user, language] of [
    ['U0JUN', 'en'],
    ['U0MINJI', 'ko'],
  ] as const) {
    const text = (await type(user, 'help'))!;
    for (const verb of verbs) expect(text).toContain(`\`${verb.name}\` ${verb.about[language]}`);
    expect(text.length).toBeLessThan(3000);
  }
});

test('says more about one, by any of its names', async () => {
  const { type } = tryVerbs();
  for (const name of ['severity', 'SEV', '심각도'])
    expect(await type('U0JUN', `help ${name}`)).toContain('Usage: `/incident severity P1|P2|P3|P4 [reason]`');
  expect(await type('U0JUN', 'help <!here>')).toBe(
    'There is no command `&lt;!here&gt;`. `/incident help` lists what there is.',
  );
});
