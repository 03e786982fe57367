import { expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { CardExtras } from '../../src/slack/card.ts';
import { renderCard } from '../../src/slack/card.ts';
import type { Message } from '../../src/slack/message.ts';
import { alert, by, incidentAfter, minutes, muster, opening, sight, start, story } from './incidents.ts';

const extras: CardExtras = { next: null, dashboard: null, missing: [] };
const card = (commands: readonly Command[], given: Partial<CardExtras> = {}): Message =>
  renderCard(incidentAfter(...commands), sight, { ...extras, ...given });

/** The card's words as people read them; buttons in brackets, times as `<time>`. */
const words = ({ blocks }: Message): string =>
  blocks
    .map((block) => {
      const label = (element: { text: { text: string } }) => `[${element.text.text}]`;
      if (block.type === 'header') return `# ${block.text.text}`;
      if (block.type === 'section') {
        const beside = block.accessory?.type === 'button' ? ` ${label(block.accessory)}` : '';
        return `${block.text!.text}${beside}`;
      }
      if (block.type === 'actions') return block.elements.map((element) => label(element as never)).join(' ');
      if (block.type === 'context')
        return block.elements.map((element) => (element as { text: string }).text).join(' ');
      return `(${block.type})`;
    })
    .join('\n')
    .replace(/<!date\^[^>]*>/g, '<time>');

const paged = story.slice(0, 3);

test('a card that nobody has answered: what, who is paged, who is next, and one thing to press', () => {
  const shown = card(paged, { next: { at: minutes(5), people: ['jun'] } });
  expect(shown.text).toBe('P1 incident inc-42 is open: Redis master is down. Nobody has acknowledged yet.');
  expect(words(shown)).toMatchInlineSnapshot(`
    "# 🔴 P1 · Redis master is down
    *Open since <time>.* *Nobody has acknowledged yet.*
    Being paged: Kim Minji (slack). Next: Lee Jun at <time>.
    [Acknowledge]
    *Alerts: 1 firing*
    • RedisMasterDown of orders
    *Roles*
    Incident Commander: *Kim Minji* (proposed) [Accept]
    Comms: *Park Hana* (proposed) [Accept]
    Ops: *Lee Jun* (proposed) [Accept]
    inc-42 · P1 by rule label-severity-critical · grouped by alertname, service · more: /incident why"
  `);
});

test('a card with a change to approve', () => {
  expect(words(card(story.slice(0, 9)))).toMatchInlineSnapshot(`
    "# 🔴 P1 · Redis master is down
    *Open since <time>.* Acknowledged by Kim Minji at <time>.
    [Resolve…]
    *Probable cause*
    1 of 3 Sentinels answers; 2 are needed.
    Proposed: Fail over to a replica, see below.
    127.0.0.1:26379 · answers: yes
    127.0.0.1:26380 · answers: no
    ✋ *Needs approval: Fail over to a replica*
    \`SENTINEL FAILOVER orders-master\`
    \`on 127.0.0.1:26379\`
    On redis-sentinel orders-master
    May approve: Incident Commander Kim Minji, Ops Lee Jun.
    [Approve] [Decline]
    *Alerts: 1 firing*
    • RedisMasterDown of orders
    *Roles*
    Incident Commander: *Kim Minji*
    Comms: *Park Hana* (proposed) [Accept]
    Ops: *Lee Jun* (proposed) [Accept]
    *Runbook: Redis Sentinel*
    ❌ Sentinels reach a quorum: *failed*
    ✅ The master answers: *passed*
    ✋ Fail over to a replica: needs approval
    ▫️ Tell support: waiting
    [Runbook]
    inc-42 · P1 by rule label-severity-critical · grouped by alertname, service · more: /incident why"
  `);
});

test('the same card in Korean', () => {
  const korean = [opening({ language: 'ko', title: '주문이 실패합니다' }), ...story.slice(1, 9)];
  expect(words(card(korean))).toMatchInlineSnapshot(`
    "# 🔴 P1 · 주문이 실패합니다
    *<time>에 시작되어 진행 중입니다.* <time>에 Kim Minji 님이 확인했습니다.
    [해결 처리…]
    *추정 원인*
    1 of 3 Sentinels answers; 2 are needed.
    제안: Fail over to a replica (아래 참고)
    127.0.0.1:26379 · answers: yes
    127.0.0.1:26380 · answers: no
    ✋ *승인이 필요합니다: Fail over to a replica*
    \`SENTINEL FAILOVER orders-master\`
    \`on 127.0.0.1:26379\`
    대상: redis-sentinel orders-master
    승인할 수 있는 사람: 지휘(IC) Kim Minji, 운영 Lee Jun.
    [승인] [거절]
    *알림: 1건 발생 중*
    • RedisMasterDown of orders
    *역할*
    지휘(IC): *Kim Minji*
    커뮤니케이션: *Park Hana* (수락 전) [수락]
    운영: *Lee Jun* (수락 전) [수락]
    *런북: Redis Sentinel*
    ❌ Sentinels reach a quorum: *실패*
    ✅ The master answers: *정상*
    ✋ Fail over to a replica: 승인 필요
    ▫️ Tell support: 대기
    [런북]
    inc-42 · P1 판정 규칙 label-severity-critical · 묶음 기준 alertname, service · 자세한 이유는 /incident why"
  `);
});

test('a resolved card keeps what matters and offers to reopen', () => {
  const shown = card(story);
  expect(shown.text).toBe('P1 incident inc-42 is resolved: Redis master is down.');
  expect(words(shown)).toMatchInlineSnapshot(`
    "# ✅ P1 · Redis master is down
    *Resolved by Kim Minji at <time>, after 1 min.*
    Failover done [Reopen]
    *Probable cause*
    1 of 3 Sentinels answers; 2 are needed.
    127.0.0.1:26379 · answers: yes
    127.0.0.1:26380 · answers: no
    *Latest update by Kim Minji, <time>*
    Orders flow again.
    *Alerts: 1 firing*
    • RedisMasterDown of orders
    *Roles*
    Incident Commander: *Kim Minji*
    Comms: *Park Hana* (proposed)
    Ops: *Lee Jun* (proposed)
    *Runbook: Redis Sentinel*
    ❌ Sentinels reach a quorum: *failed*
    ✅ The master answers: *passed*
    ✅ Fail over to a replica: *done*
    ✅ Tell support: *done*
    [Runbook] [Postmortem]
    inc-42 · P1 by rule label-severity-critical · grouped by alertname, service · more: /incident why"
  `);
  expect(JSON.stringify(shown)).not.toMatch(/"(acknowledge|approve-step|accept-role|resolve)"/);
});

test('recovery is proposed with a button to confirm it', () => {
  const recovered = {
    ...opening(),
    at: minutes(2),
    firing: [],
    resolved: [{ fingerprint: 'RedisMasterDown', at: minutes(2) }],
  };
  const shown = card([...paged, recovered as Command]);
  expect(shown.text).toContain('Please confirm the recovery.');
  expect(words(shown)).toContain('[Confirm recovery]');
  expect(words(shown)).toContain('All alerts are resolved.');
});

test('of many alerts five are shown, and how many more there are', () => {
  const alerts = Array.from({ length: 9 }, (_, index) => alert(`Alert${index}`));
  expect(words(card([opening({ alerts })]))).toMatch(/Alerts: 9 firing\*(\n• .*){5}\n• and 4 more\n/);
});

test('alerts that the sender left out are counted', () => {
  const truncated = { ...opening({ alerts: [alert('A'), alert('B')] }), truncated: 3 } as Command;
  expect(words(card([truncated]))).toMatch(/(\n• .*){2}\n• and 3 more\n/);
});

test.each([
  ['a P1 whose comms is also the commander', 'P1', 'minji', true],
  ['a P1 whose comms nobody holds, so that the commander does', 'P1', null, true],
  ['a P1 with two people', 'P1', 'hana', false],
  ['a P2', 'P2', 'minji', false],
] as const)('%s carries a warning: %s %s → %s', (_, severity, comms, warned) => {
  const shown = words(card([opening({ severity, comms })]));
  expect(shown.includes('should be two people')).toBe(warned);
});

test('a page that failed is on the card until it is out', () => {
  const page = { key: 'p7', round: 1, level: 1, person: 'jun', pager: 'pagerduty' };
  const at = { at: minutes(1), by: muster };
  const failed: Command = {
    type: 'RecordPage',
    page: { type: 'PageFailed', ...page, code: 'timeout', why: 'No answer', retryAt: minutes(2) },
    ...at,
  };
  const sent: Command = { type: 'RecordPage', page: { type: 'PageSent', ...page }, ...at };
  expect(words(card([...paged, failed]))).toContain('⚠️ The page to Lee Jun by pagerduty failed: No answer');
  expect(words(card([...paged, failed, sent]))).not.toContain('failed');
});

test('a hand-over waits for its acceptance, and the holder stays', () => {
  const offer: Command = { type: 'AssignRole', role: 'ic', person: 'jun', at: minutes(2), by: by('minji') };
  expect(words(card([...story.slice(0, 5), offer]))).toContain(
    'Incident Commander: *Kim Minji* (offered to Lee Jun) [Accept]',
  );
});

test('people who could not be invited are named', () => {
  const missing = [
    { person: 'hana', why: 'no-slack' },
    { person: 'gone', why: 'cant_invite' },
  ];
  expect(words(card(paged, { missing }))).toContain(
    '⚠️ Not in this channel: Park Hana has no Slack id in muster.yaml; Choi Gone could not be invited (cant invite)',
  );
});

test('links come from operators only, never out of an alert', () => {
  const alerts = [
    alert('A', {
      runbookUrl: 'https://evil.example/r',
      dashboardUrl: 'https://evil.example/d',
      generatorUrl: 'javascript:alert(1)',
    }),
  ];
  const shown = card([opening({ alerts })], { dashboard: 'https://grafana.example.com/d' });
  expect(JSON.stringify(shown)).not.toMatch(/evil|javascript/);
  expect(words(shown)).toContain('[Dashboard]');
});

test('a card of everything at its longest fits into one message and keeps its footer', () => {
  const long = 'Ein sehr langer Satz, der nicht aufhört. '.repeat(60);
  const lines = Array.from({ length: 10 }, () => long).join('\n');
  const alerts = Array.from({ length: 40 }, (_, index) => alert(`${index} ${long}`, { summary: long }));
  const steps = Array.from({ length: 40 }, (_, index) => `s${index}`);
  const many = steps.map((id) => ({ ...stepOf(id), title: long, preview: lines, target: long }));
  const named = { run: 'r@1', name: 'r', version: '1', title: long, url: null };
  const run = { ...named, recheckMs: null, budgetMs: 1, steps: many };
  const at = { at: start, by: muster };
  const shown = card([
    opening({ title: long, alerts }),
    { type: 'StartRunbook', runbook: run, rule: 'r', ...at },
    ...steps.map(
      (step): Command => ({ type: 'ProposeStep', run: 'r@1', step, hash: 'h', preview: long, ...at }),
    ),
  ]);
  expect(shown.blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(shown.blocks).length).toBeLessThanOrEqual(13_000);
  expect(shown.blocks.at(-1)!.type).toBe('context');
});

function stepOf(id: string) {
  const started = story.find((command) => command.type === 'StartRunbook');
  if (started?.type !== 'StartRunbook') throw new Error('the story has no runbook');
  return { ...started.runbook.steps.find(({ effect }) => effect === 'change')!, id };
}
