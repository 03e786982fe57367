import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createDraftWriter } from '../../src/postmortem/draft.ts';
import { context, incidentOf, openedAt, opening, story } from './incident-example.ts';
import { readMarkdown } from './markdown-oracle.ts';

const write = createDraftWriter(new URL('../../templates', import.meta.url).pathname, (text) => text);
const languages = ['en', 'ko'] as const;
const fileOf = (draft: ReturnType<typeof write>) => draft.files[0]?.content ?? '';

describe('the draft of a whole P1', () => {
  test.each(languages)('is the same for the same log (%s)', (language) => {
    expect(write(story(language), context)).toEqual(write(story(language), context));
  });

  test('has every section that a postmortem needs, in English', () => {
    const headings = fileOf(write(story('en'), context)).match(/^## .*/gm);
    expect(headings).toEqual([
      '## Summary',
      '## Error budget',
      '## Impact',
      '## Timeline',
      '## Evidence',
      '## Root cause',
      '## What was done',
      '## Five whys',
      '## Action items',
      '## Lessons',
      '## Participants',
      '## Links',
    ]);
  });

  test('has the same sections in Korean, and no English prose of ours', () => {
    const file = fileOf(write(story('ko'), context));
    expect(file.match(/^## .*/gm)).toEqual([
      '## 요약',
      '## 오류 예산',
      '## 영향',
      '## 타임라인',
      '## 증거',
      '## 근본 원인',
      '## 조치 내용',
      '## 다섯 번의 왜',
      '## 후속 조치',
      '## 배운 점',
      '## 참여자',
      '## 링크',
    ]);
    expect(readMarkdown(file).outline).toEqual(readMarkdown(fileOf(write(story('en'), context))).outline);
  });

  test.each([
    ['severity with its rule', '| **Severity** | P1 (rule `severity-critical`) |'],
    ['start and end in the team’s zone', '2026-11-21 18:59:56 – 19:12:34 (Asia/Seoul)'],
    ['duration', '| **Duration** | 12 min 38 s |'],
    ['detection', 'alert RedisMasterDown, 4 s after the start'],
    ['roles', '| **Incident Commander** | Kim Minji |'],
    ['share of the error budget', '| 43 min 50 s | **29 %** |'],
    ['a timeline entry', '| 19:00:06 | Acknowledged by Kim Minji | Kim Minji |'],
    [
      'a step’s verdict and sentence',
      '❌ **failed** · 1 of 3 Sentinels answers; 2 are needed, so nothing fails over by itself',
    ],
    ['a step’s evidence', '| sentinel | no answer in 1 s |'],
    [
      'what a change did and who approved it',
      '| Fail over to a replica | SENTINEL FAILOVER orders-master | Kim Minji |',
    ],
    ['an action item that the log asks for', 'Repair the paging path over pagerduty'],
    ['the dashboard', '[RedisMasterDown: dashboard](https://grafana.example.com/d/redis?from=now-15m)'],
  ])('tells %s', (_what, text) => {
    expect(fileOf(write(story('en'), context))).toContain(text);
  });

  test('takes branch, path, title and commit from ids and dates only', () => {
    const { branch, title, commit, files } = write(story('en'), context);
    expect({ branch, title, commit, paths: files.map((file) => file.path) }).toEqual({
      branch: 'postmortem/inc-42',
      title: 'Postmortem INC-42 (P1), 2026-11-21',
      commit: {
        message: 'Add the postmortem draft of inc-42',
        name: 'Muster',
        email: 'noreply@muster.invalid',
        at: openedAt + 755_000,
      },
      paths: ['postmortems/2026/inc-42.md'],
    });
  });

  test('asks about blaming words in the pull request', () => {
    expect(write(story('en'), context).body).toContain(
      '- [ ] “who deployed the host change” → What made it possible?',
    );
    expect(write(story('ko'), context).body).toContain('→ 무엇이 이것을 가능하게 했나요?');
  });
});

describe('templates are rehearsed when they are read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-templates-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['in a loop', 'pull-request.ko.md', '{% for finding in findings %}{{ finding.sentance }}{% endfor %}'],
    [
      'in a step’s table',
      'postmortem.en.md',
      '{% for run in runs %}{% for s in run.steps %}{{ s.verdikt }}{% endfor %}{% endfor %}',
    ],
    ['behind a condition', 'postmortem.ko.md', '{% if timeline_more > 0 %}{{ timeline_mroe }}{% endif %}'],
    ['in the list of wording', 'pull-request.en.md', '{% for hit in blame %}{{ hit.insted }}{% endfor %}'],
  ])('a misspelt name %s is a Failure with its place', (_where, file, text) => {
    cpSync(new URL('../../templates', import.meta.url).pathname, folder, { recursive: true });
    writeFileSync(join(folder, file), `\n${text}`);
    expect(() => createDraftWriter(folder, (one) => one)).toThrow(
      expect.objectContaining({
        code: 'template-invalid',
        value: expect.stringMatching(new RegExp(`^${file}:2:\\d+$`)),
      }),
    );
  });
});

test('an incident that is still open, without runbook, page or service, has a draft too', () => {
  const opened = { ...opening(), service: null, alerts: [], source: 'person' } as ReturnType<typeof opening>;
  const incident = incidentOf([[0, opened, { kind: 'person', person: 'minji', via: 'slack' }]]);
  const draft = write(incident, { ...context, channelUrl: null });
  for (const text of [
    'not over yet',
    'declared by Kim Minji',
    'nobody was paged',
    'No runbook ran',
    '_which service?_',
  ])
    expect(fileOf(draft)).toContain(text);
});
