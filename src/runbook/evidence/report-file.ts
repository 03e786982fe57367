import { z } from 'zod';
import type { PinnedRunbook } from '../../incident/steps.ts';
import { bareText } from '../../kit/bare-text.ts';
import { complaint } from '../../kit/complaint.ts';
import { oneLine } from '../../kit/text.ts';
import { type Ran, worstOf } from '../run/ran.ts';

/** The format this version writes and reads. */
const format = 1;

/** Longer texts are not looked at; the report of a large runbook takes a tenth of it. */
export const mostReportCharacters = 262_144;

/** Nothing in a report is longer than what a step of our own may say (see `cap-result.ts`). */
const line = (most: number) => z.string().transform((text) => oneLine(text, most));
const few = <T extends z.ZodType>(entry: T, most: number) =>
  z.array(entry).transform((all) => all.slice(0, most));
const verdict = z.enum(['pass', 'warn', 'fail', 'unknown']);

const ReportStep = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}(\/[a-z][a-z0-9-]{0,39})?$/, 'must be the id of a step'),
  title: line(200),
  verdict: z.union([verdict, z.literal('skipped')]),
  sentence: line(600),
  cause: line(60).optional(),
  evidence: z.object({ columns: few(line(200), 8), rows: few(few(line(200), 8), 31) }),
  ms: z.number().min(0),
});
export type ReportStep = z.infer<typeof ReportStep>;

/**
 * What a run of a runbook without an incident found, as a file: printed by `muster runbook run FILE --from PLACE --json`, taken in
 * by an incident that the same runbook runs in. `at` is when it ended, epoch milliseconds once read.
 */
export const Report = z.object({
  muster_report: z.literal(format),
  /** `name@version`, the version being a hash of the runbook's text. */
  runbook: z.string().regex(/^[a-z][a-z0-9-]{0,39}@[0-9a-f]{6,64}$/, 'must be name@version'),
  /** Where it was looked from, as people call that place. */
  place: line(60).pipe(z.string().min(1)),
  at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  verdict,
  steps: z.array(ReportStep).min(1).max(100),
});
export type Report = z.infer<typeof Report>;

/** Why a text is no report. `detail` says where, in the words of the reader that failed. */
export type ReportProblem = {
  problem: 'too-large' | 'no-json' | 'typographic-quotes' | 'cut-off' | 'other-format' | 'not-a-report';
  detail: string;
};

/** The report of a finished run, ready to be printed as JSON. */
export function writeReport(
  { run }: Pick<PinnedRunbook, 'run'>,
  ran: readonly Ran[],
  from: { place: string; at: number },
): z.input<typeof Report> {
  return {
    muster_report: format,
    runbook: run,
    place: from.place,
    at: new Date(from.at).toISOString(),
    verdict: worstOf(ran),
    steps: ran.map(({ step: { id, title }, report, skipped }) =>
      report === null
        ? {
            id,
            title,
            verdict: 'skipped',
            sentence: skipped ?? '',
            evidence: { columns: [], rows: [] },
            ms: 0,
          }
        : {
            id,
            title,
            verdict: report.verdict,
            sentence: report.sentence,
            ...(report.cause !== undefined && { cause: report.cause }),
            evidence: report.evidence,
            ms: report.ms,
          },
    ),
  };
}

/**
 * Reads a report from what people post or paste: a code fence, a prompt before it and hidden characters do not matter. Texts inside
 * are on one line and capped; they stay outside text, to be escaped where they are shown.
 */
export function readReport(text: string): Report | ReportProblem {
  if (text.length > mostReportCharacters)
    return { problem: 'too-large', detail: `${text.length} > ${mostReportCharacters}` };
  const json = parseJson(text);
  if ('problem' in json) return json;
  const given = z.object({ muster_report: z.number() }).safeParse(json.value);
  if (given.success && given.data.muster_report !== format)
    return { problem: 'other-format', detail: String(given.data.muster_report) };
  const report = Report.safeParse(json.value);
  if (report.success) return report.data;
  const issue = report.error.issues[0]!;
  const detail = [issue.path.join('.'), complaint(issue)].filter(Boolean).join(': ');
  return { problem: 'not-a-report', detail };
}

function parseJson(text: string): { value: unknown } | ReportProblem {
  const bare = bareText(text).replaceAll('\u00a0', ' ');
  const fenced = /```[a-z]*\n?([\s\S]*?)(?:```|$)/i.exec(bare)?.[1] ?? bare;
  // The command line that printed it may stand before it, with braces of its own.
  const own = fenced.search(/\{\s*\S?muster_report/);
  const start = own < 0 ? fenced.indexOf('{') : own;
  if (start < 0) return { problem: 'no-json', detail: '' };
  const rest = fenced.slice(start);
  // A prompt may follow the report as well.
  const whole = rest.slice(0, rest.lastIndexOf('}') + 1);
  try {
    return { value: JSON.parse(whole) as unknown };
  } catch (error) {
    const detail = oneLine(error instanceof Error ? error.message : String(error), 120);
    if (/^\{\s*[“”„‟«»]|[“”„‟]\s*:/u.test(rest)) return { problem: 'typographic-quotes', detail };
    return { problem: isCutOff(rest) ? 'cut-off' : 'no-json', detail };
  }
}

/** True when more opens than closes, so that the end is missing. */
function isCutOff(json: string): boolean {
  const outside = json.replace(/"(?:[^"\\]|\\.)*"?/g, '');
  const count = (pattern: RegExp) => outside.match(pattern)?.length ?? 0;
  return count(/[{[]/g) > count(/[}\]]/g);
}
