import { describe, expect, it } from 'vitest';
import type { PinnedStep } from '../../../src/incident/steps.ts';
import { mostReportCharacters, readReport, writeReport } from '../../../src/runbook/evidence/report-file.ts';
import { reportMessages } from '../../../src/runbook/evidence/report-messages.ts';
import type { Ran } from '../../../src/runbook/run/ran.ts';

const at = Date.parse('2026-11-21T10:05:00Z');
const step = (id: string) =>
  ({ id, title: `Step ${id}`, input: { password: 'never' } }) as unknown as PinnedStep;
const ran: Ran[] = [
  {
    step: step('listeners/outside'),
    report: {
      verdict: 'fail',
      sentence: 'Broker 1 says "localhost:9092".',
      cause: 'kafka-advertised-refused',
      evidence: { columns: ['broker'], rows: [['1']] },
      facts: { brokers: 1 },
      startedAt: at,
      ms: 12,
    },
    skipped: null,
  },
  { step: step('correct'), report: null, skipped: 'For people.' },
];
const written = writeReport({ run: 'kafka-listeners@0123456789ab' }, ran, { place: 'office', at });
const text = JSON.stringify(written, null, 2);

describe('a report of a runbook', () => {
  it('comes back as it was written, without the inputs of its steps', () => {
    expect(text).not.toContain('never');
    expect(readReport(text)).toEqual({ ...written, at });
    expect(written).toMatchObject({ verdict: 'fail', steps: [{ ms: 12 }, { verdict: 'skipped' }] });
  });

  it.each([
    ['a code fence with a language', `Here it is:\n\`\`\`json\n${text}\n\`\`\`\nsee above`],
    ['a code fence without a line break', `\`\`\`${text}\`\`\``],
    ['a code fence that was never closed', `\`\`\`\n${text}`],
    [
      'a prompt before and after it',
      `$ muster runbook run x.yaml --target 'kafka={"bootstrap":[]}' --json\n${text}\n$ `,
    ],
    [
      'a byte order mark, no-break spaces and CRLF',
      `\ufeff${text.replaceAll('  ', '\u00a0 ').replaceAll('\n', '\r\n')}`,
    ],
  ])('is read from %s', (_, pasted) => expect(readReport(pasted)).toEqual({ ...written, at }));

  it.each([
    ['what is no JSON', 'all fine here', 'no-json'],
    ['typographic quotes', text.replaceAll('"', '”'), 'typographic-quotes'],
    ['typographic quotes of both kinds', text.replace(/"([^"]*)"/g, '“$1”'), 'typographic-quotes'],
    ['a text without its end', text.slice(0, -40), 'cut-off'],
    ['a text cut inside a string', text.slice(0, text.indexOf('localhost') + 4), 'cut-off'],
    ['a text that is too large', text.padEnd(mostReportCharacters + 1), 'too-large'],
    ['a later format', text.replace('"muster_report": 1', '"muster_report": 2'), 'other-format'],
    ['other JSON', '{"a": 1}', 'not-a-report'],
    ['a verdict nobody gives', text.replace('"skipped"', '"great"'), 'not-a-report'],
    ['a step id that is none', text.replace('"correct"', '"<!channel>"'), 'not-a-report'],
  ] as const)('is not read from %s, and the reason is told', (_, pasted, problem) => {
    const found = readReport(pasted);
    expect(found).toMatchObject({ problem });
    if (!('problem' in found)) return;
    expect(reportMessages('en')[found.problem](found.detail)).toMatch(/^[A-Z].{20,}/);
    expect(reportMessages('ko')[found.problem](found.detail)).toMatch(/[가-힣]/);
  });

  it('keeps typographic quotes that stand inside a text', () => {
    const quoted = text.replace('For people.', 'For “people”.');
    expect(readReport(quoted)).toMatchObject({ steps: [{}, { sentence: 'For “people”.' }] });
  });

  it('caps what a stranger may have written, and takes out what cannot be seen', () => {
    const long = {
      ...written,
      steps: [
        {
          ...written.steps[0]!,
          sentence: `a\u202eb\n${'x'.repeat(900)}`,
          evidence: { columns: ['c'], rows: Array.from({ length: 60 }, () => ['r'.repeat(900)]) },
        },
      ],
    };
    const report = readReport(JSON.stringify(long));
    if ('problem' in report) throw new Error(report.detail);
    const [first] = report.steps;
    expect(first!.sentence).toMatch(/^ab x+…$/);
    expect(first!.sentence.length).toBeLessThanOrEqual(600);
    expect(first!.evidence.rows).toHaveLength(31);
    expect(first!.evidence.rows[0]![0]!.length).toBeLessThanOrEqual(200);
  });
});
