import { expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { EventType } from '../../src/incident/events.ts';
import { interests } from '../../src/incident/room.ts';
import { nextPost, type Post } from '../../src/slack/posts.ts';
import {
  alert,
  by,
  incidentAfter,
  minutes,
  muster,
  opening,
  runbook,
  sight,
  start,
  story,
} from './incidents.ts';

/** All posts about an incident, at a time. */
function postsOf(commands: readonly Command[], now: number): Post[] {
  const incident = incidentAfter(...commands);
  const posts: Post[] = [];
  for (let after = 0; ; ) {
    const post = nextPost(incident, after, now, sight);
    if (post === null) return posts;
    posts.push(post);
    after = post.to;
  }
}
const linesOf = (commands: readonly Command[], now = minutes(1)) =>
  postsOf(commands, now).map(({ message }) => message.text);
const refire: Command = { ...opening(), at: start + 4000 };
const withAlerts = (...names: string[]): Command =>
  refire.type === 'ReceiveAlerts' ? { ...refire, firing: names.map((name) => alert(name)) } : refire;

test('what one decision brought about is one message', () => {
  const [first] = linesOf([opening()]);
  expect(first).toBe(
    '👤 Incident Commander proposed: <@U0MINJI>\n👤 Ops proposed: <@U0JUN>\n👤 Comms proposed: Park Hana',
  );
});

test('each later piece of news is a message of its own, whatever waits with it', () => {
  const commands = story.slice(0, 6);
  const together = linesOf(commands, start + 20_000);
  const apart = story
    .slice(0, 6)
    .flatMap((_, index) => linesOf(story.slice(0, index + 1), start + 20_000).slice(-1));
  expect([...new Set(apart)]).toEqual(together);
});

test('a channel that catches up tells old news together, each with its time', () => {
  const late = postsOf(story, minutes(60));
  expect(late.length).toBeLessThan(postsOf(story, start + 1).length / 2);
  const text = late.map(({ message }) => message.text).join('\n');
  expect(text).toMatch(/👀 <!date\^\d+\^{time}\|[^>]*> · Kim Minji acknowledged/);
  // Nobody is asked to approve what was decided long ago.
  expect(JSON.stringify(late)).not.toContain('approve-step');
});

test('a message has at most one table, and nothing after its buttons', () => {
  for (const { message } of postsOf(story, minutes(60))) {
    const types = message.blocks.map(({ type }) => type);
    expect(types.filter((type) => type === 'table').length).toBeLessThan(2);
    expect(types.indexOf('actions')).toBeOneOf([-1, types.length - 1]);
  }
});

test('a proposal shows exactly what will run, who may approve it, and both answers', () => {
  const proposal = postsOf(story.slice(0, 9), minutes(1)).at(-1)!.message;
  const [what, answers] = proposal.blocks;
  expect(what).toMatchObject({
    text: {
      text: [
        '✋ *Needs approval: Fail over to a replica*',
        '`SENTINEL FAILOVER orders-master`',
        '`on 127.0.0.1:26379`',
        'On redis-sentinel orders-master',
        'May approve: Incident Commander Kim Minji, Ops Lee Jun.',
      ].join('\n'),
    },
  });
  expect(answers).toMatchObject({ elements: [{ action_id: 'approve-step' }, { action_id: 'decline-step' }] });
  expect(proposal.text).toBe('✋ Needs approval: Fail over to a replica');
});

const run = runbook.run;
const glass: Command = {
  type: 'ApproveStep',
  run,
  step: 'failover',
  hash: 'h1',
  glass: 'site down',
  at: minutes(1),
  by: by('gone'),
};
const unknown: Command = {
  type: 'RecordStepUnknown',
  run,
  step: 'failover',
  attempt: 1,
  why: 'The worker died.',
  at: minutes(1),
  by: muster,
};
const failed = (retryAt: number | null): Command => ({
  type: 'RecordPage',
  page: {
    type: 'PageFailed',
    key: 'p9',
    round: 1,
    level: 1,
    person: 'jun',
    pager: 'slack',
    code: 'timeout',
    why: 'No answer.',
    retryAt,
  },
  at: minutes(1),
  by: muster,
});
const treatment = { page: true, channel: true };
const lower: Command = {
  type: 'ChangeSeverity',
  to: 'P2',
  reason: 'Only one shop',
  rule: 'person',
  treatments: { P1: treatment, P2: treatment, P3: treatment, P4: treatment },
  at: minutes(1),
  by: by('minji'),
};
const resolved: Command = { ...withAlerts(), at: minutes(2) } as Command;
if (resolved.type === 'ReceiveAlerts')
  resolved.resolved = [{ fingerprint: 'RedisMasterDown', at: minutes(2) }];

test.each<[string, Command[], string]>([
  ['alerts that join', [opening(), withAlerts('A', 'B')], '🔔 2 more alerts fire: A of orders, B of orders'],
  ['the last alert resolved', [opening(), resolved], '🌤️ All alerts are resolved. Is it over?'],
  ['a lowered severity', [opening(), lower], '⬇️ Severity lowered from P1 to P2 by Kim Minji: Only one shop'],
  [
    'a failed page, once',
    [opening(), failed(minutes(2)), failed(null)],
    '⚠️ The page to Lee Jun by slack failed: No answer.',
  ],
  [
    'broken glass',
    [...story.slice(0, 9), glass],
    '🔨 Choi Gone broke the glass to approve: Fail over to a replica. Reason: site down',
  ],
  [
    'an unknown outcome',
    [...story.slice(0, 11), unknown],
    '❓ Nobody can tell whether this ran: Fail over to a replica. The worker died. It is not tried again by itself: look, then say.',
  ],
  [
    'an acknowledgement by somebody who was not paged',
    [opening(), { type: 'Acknowledge', at: minutes(1), by: by('jun') }],
    '👀 Lee Jun acknowledged without having been paged. Paging has stopped.',
  ],
])('%s', (_, commands, text) => {
  expect(linesOf(commands, commands.at(-1)!.at).at(-1)).toBe(text);
});

test.each(['&', '<', '>', '한', '*'])('a long update of nothing but %s is still said', (character) => {
  const update: Command = {
    type: 'PostUpdate',
    text: `${character.repeat(3000)}`,
    audience: 'channel',
    at: minutes(1),
    by: by('minji'),
  };
  const { message } = postsOf([opening(), update], minutes(1)).at(-1)!;
  const [block] = message.blocks;
  expect(block?.type === 'section' && block.text!.text.length).toBeGreaterThan(400);
});

test('the line breaks of an update stay', () => {
  const update: Command = {
    type: 'PostUpdate',
    text: 'Condition: down\n\nNeeds: a database person',
    audience: 'channel',
    at: minutes(1),
    by: by('minji'),
  };
  expect(linesOf([opening(), update]).at(-1)).toBe(
    '📣 Update by Kim Minji: Condition: down\nNeeds: a database person',
  );
});

test('every kind of news wakes the room', () => {
  const told = new Set<EventType>(incidentAfter(...story).events.map(({ type }) => type));
  const deaf = [...told].filter((type) => !(interests[type] as readonly string[]).includes('slack'));
  expect(deaf).toEqual([]);
});
