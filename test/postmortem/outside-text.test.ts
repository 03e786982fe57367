import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../src/incident/words.ts';
import { oneLine } from '../../src/kit/text.ts';
import { createDraftWriter } from '../../src/postmortem/draft.ts';
import { hostileContext, hostileIncident } from './hostile-incident.ts';
import { context, incidentOf, openedAt, opening } from './incident-example.ts';
import { readMarkdown } from './markdown-oracle.ts';

const write = createDraftWriter(new URL('../../templates', import.meta.url).pathname, (text) => text);
const fileOf = (draft: ReturnType<typeof write>) => draft.files[0]?.content ?? '';

describe('outside text is data', () => {
  const attacks = [
    '<!channel>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '</td></tr></table>',
    '![beacon](https://evil.example/x.png)',
    '[click](javascript:alert(1))',
    '[a]: https://evil.example',
    '<https://evil.example>',
    'https://evil.example/x',
    'www.evil.example',
    'mail@evil.example',
    '@minji-k',
    '@acme/owners',
    '#12',
    'GH-7',
    'acme/shop#3',
    'Fixes #1',
    'closes: acme/shop#1',
    'Resolved #9',
    '|',
    '||',
    '\\|',
    '\\',
    '`',
    '```',
    '````\n',
    '~~~',
    '***',
    '__',
    '~~',
    '# ',
    '\n# x',
    '\n\n',
    '\r\n',
    '\n- [ ] x',
    '\n1. ',
    '1) ',
    '> ',
    '---',
    '===',
    '\n|---|---|',
    '&lt;',
    '&#64;minji-k',
    '$x$',
    '{{ 7 | times: 6 }}',
    '{% raw %}',
    '{{ "x" | raw }}',
    '\u202e',
    '\u200b',
    '\u2060',
    '@\u200bminji-k',
    '\u0000',
    '\ud800',
    '🔥',
    '가나다',
    ':+1:',
    'INC-1',
  ];
  const outside = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...attacks) },
        fc.string({ unit: 'binary', maxLength: 8 }),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(''))
    .filter((text) => oneLine(text) !== '');
  const seed = 20261121;
  const benign = write(hostileIncident('benign'), hostileContext('benign'));

  test(`nothing in it acts, links, loads or changes the shape of the document (seed ${seed})`, () => {
    const plain = readMarkdown(`${benign.body}\n\n${fileOf(benign)}`);
    expect(plain.acts).toEqual([]);
    fc.assert(
      fc.property(outside, (text) => {
        const draft = write(hostileIncident(text), hostileContext(text));
        const read = readMarkdown(`${draft.body}\n\n${fileOf(draft)}`);
        expect({ ...read, outline: read.outline.filter(isOurs) }).toEqual({
          ...plain,
          outline: plain.outline.filter(isOurs),
        });
        const { branch, title, commit, files } = draft;
        expect([branch, title, commit.message, files[0]?.path]).toEqual([
          benign.branch,
          benign.title,
          benign.commit.message,
          benign.files[0]?.path,
        ]);
      }),
      { seed, numRuns: 120 },
    );
  });

  // An outside word may be empty of anything to emphasise, but no mark of ours may come or go.
  const isOurs = (kind: string) => kind !== 'text';

  test('only web addresses become links, and they can’t break out', () => {
    const urls = [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://user:pass@evil.example/',
      'not a url',
      'https://grafana.example.com/a_b)(c] "x"?q=<b>`',
      'https://grafana.example.com/\n\n# x',
    ];
    for (const url of urls) {
      const first = opening() as Extract<ReturnType<typeof opening>, { type: 'IncidentOpened' }>;
      const alerts = first.alerts.map(
        (alert): Alert => ({ ...alert, runbookUrl: url, dashboardUrl: url, generatorUrl: url }),
      );
      const read = readMarkdown(fileOf(write(incidentOf([[0, { ...first, alerts }]]), context)));
      expect(
        read.links.filter((link) => !/^https:\/\/(grafana\.example\.com|acme\.slack\.com)\//.test(link)),
      ).toEqual([]);
      expect(read.html).toEqual([]);
    }
  });

  test('declared secrets are masked before they are escaped', () => {
    const secret = 'xoxb_1*2_3';
    const masking = createDraftWriter(new URL('../../templates', import.meta.url).pathname, (text) =>
      text.replaceAll(secret, '[masked]'),
    );
    const draft = masking(hostileIncident(`token ${secret} in a label`), hostileContext('minji'));
    expect(`${draft.body}${fileOf(draft)}`).not.toContain('xoxb');
    expect(fileOf(draft)).toContain('masked');
  });

  test('a flood of alerts, notes and rows stays a document that GitHub takes', () => {
    const long = 'x'.repeat(100_000);
    const notes = Array.from(
      { length: 3000 },
      (_, index) =>
        [
          index,
          { type: 'NoteAdded', text: long, writtenAt: openedAt, author: 'x', permalink: null },
        ] as const,
    );
    const first = opening({ title: long, summary: long }) as Extract<
      ReturnType<typeof opening>,
      { type: 'IncidentOpened' }
    >;
    const alerts = Array.from(
      { length: 2000 },
      (_, index): Alert => ({ ...(first.alerts[0] as Alert), fingerprint: `${index}` }),
    );
    const draft = write(
      incidentOf([
        [0, { ...first, alerts }],
        ...notes.map(([at, note]): [number, typeof note] => [at, note]),
      ]),
      context,
    );
    expect(draft.body.length).toBeLessThanOrEqual(65_536);
    expect(fileOf(draft).length).toBeLessThan(1_000_000);
    expect(fileOf(draft)).toContain('more entries in the incident’s log');
  });
});
