import { createHash } from 'node:crypto';
import type { Live } from '../../incident/state.ts';
import type { Exhibit } from '../../incident/words.ts';
import { capResult } from '../run/cap-result.ts';
import { judgeK6 } from '../systems/load/judge-k6.ts';
import { k6Messages } from '../systems/load/k6-messages.ts';
import { type K6Summary, readK6Summary } from '../systems/load/read-k6-summary.ts';
import { type Report, readReport } from './report-file.ts';
import { reportMessages } from './report-messages.ts';
import { putSideBySide, sideBySideTable } from './side-by-side.ts';

/** What a load run is held against where nobody said otherwise: the objectives of field-knowledge, "HTTP / SLO". */
const objectives = { failureRatio: 0.01, p95: 300, p99: 800 };

/**
 * Reads what somebody hands in for an incident: the report of a runbook that ran in another place, put beside what the incident's
 * own run found, or the summary of a k6 run, compared with the one before. Else says why it is neither, in the incident's
 * language. Pure.
 */
export function takeEvidence(
  text: string,
  state: Live,
  redact: (text: string) => string,
): Exhibit | { problem: string } {
  const key = createHash('sha256').update(text.trim()).digest('hex').slice(0, 16);
  const report = readReport(text);
  if (!('problem' in report)) return { key, ...fromReport(report, state, redact) };
  const load = readK6Summary(text);
  if (!('problem' in load)) return { key, ...fromLoad(load, state, redact) };
  return { problem: reportMessages(state.language)[report.problem](report.detail) };
}

function fromReport(
  report: Report,
  { runs, language }: Live,
  redact: (text: string) => string,
): Omit<Exhibit, 'key'> {
  const say = reportMessages(language);
  const inside = runs.map((run) => putSideBySide(run, report)).find((one) => one !== null);
  const evidence = inside
    ? sideBySideTable(inside, language)
    : {
        columns: say.columnsAlone,
        rows: report.steps
          .filter(({ verdict }) => verdict !== 'skipped')
          .map(({ title, verdict, sentence }) => [title, `${say.verdicts[verdict]}: ${sentence}`]),
      };
  const worst = report.steps.find(({ verdict }) => verdict === report.verdict);
  const differ = inside?.rows.filter((row) => row.differ).length ?? 0;
  const sentence = say.seenFrom(
    report.place,
    worst?.sentence ?? '',
    inside ? differ : null,
    inside?.sameVersion ?? true,
  );
  const result = capResult({ verdict: report.verdict, sentence, evidence }, redact, language);
  const title =
    runs.find(({ run }) => run.split('@')[0] === report.runbook.split('@')[0])?.title ?? report.runbook;
  return {
    kind: 'report',
    title,
    verdict: result.verdict,
    sentence: result.sentence,
    evidence: result.evidence,
    data: null,
  };
}

function fromLoad(
  load: K6Summary,
  { exhibits, language }: Live,
  redact: (text: string) => string,
): Omit<Exhibit, 'key'> {
  const earlier = (exhibits.findLast(({ kind }) => kind === 'load')?.data ?? null) as K6Summary | null;
  const { verdict, sentence, evidence } = capResult(
    judgeK6(load, earlier, objectives, k6Messages(language)),
    redact,
    language,
  );
  // Only what the next run is compared with is kept: names of thresholds are outside text of any length.
  return { kind: 'load', title: 'k6', verdict, sentence, evidence, data: { ...load, thresholds: [] } };
}
